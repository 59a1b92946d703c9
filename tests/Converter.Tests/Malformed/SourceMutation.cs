using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Import.TensorFlowLite;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>
/// Seeded damage to a TensorFlow Lite file. Nearly all of it goes where the structure is (everything but the bytes of large constants), and most
/// of it to places that may hold other numbers without the reader noticing, because what comes after the reader is what is tested: options,
/// operands, types, shapes, scales. The same change wherever a number stands lets shapes still fit each other.
/// </summary>
internal sealed class SourceMutation
{
    private const int LargeConstant = 64;
    private const int MostSteps = 3;

    private static readonly float[] s_scales =
        [0, -1, float.NaN, float.PositiveInfinity, float.Epsilon, 1e-30f, 1e-9f, 1f / 65536, 1f / 32768, 1f / 256, 0.5f, 1, 1000, 1e9f, 1e30f, float.MaxValue];

    private readonly byte[] _original;
    private readonly int[] _places;
    private readonly int[] _unnoticed;

    /// <summary>Finds the structure of a file.</summary>
    public SourceMutation(byte[] file)
    {
        _original = file;
        bool[] isData = new bool[file.Length];
        foreach (TfliteTensor tensor in TfliteModel.Parse(file).Subgraphs.SelectMany(subgraph => subgraph.Tensors))
        {
            if (tensor.Data is { Length: > LargeConstant } data && MemoryMarshal.TryGetArray(data, out ArraySegment<byte> bytes))
            {
                isData.AsSpan(bytes.Offset, bytes.Count).Fill(true);
            }
        }

        _places = [.. Enumerable.Range(0, file.Length / 4).Where(word => !isData[word * 4]).Select(word => word * 4)];
        _unnoticed = [.. _places.Where(IsUnnoticed)];
    }

    /// <summary>Copies the file and damages the copy.</summary>
    /// <param name="file">Room for the copy, as long as the file.</param>
    /// <param name="seed">What damage: the same for the same seed.</param>
    public void Apply(byte[] file, int seed)
    {
        _original.CopyTo(file, 0);
        Random random = new(seed);
        for (int step = random.Next(MostSteps); step >= 0; step--)
        {
            Span<byte> word = file.AsSpan(Place(random), 4);
            int value = BinaryPrimitives.ReadInt32LittleEndian(word);
            switch (random.Next(12))
            {
                case 0: word[random.Next(4)] = (byte)random.Next(256); break;
                case 1: word[random.Next(4)] ^= (byte)(1 << random.Next(8)); break;
                case 2: file[random.Next(file.Length)] = (byte)random.Next(256); break;
                case 3: Write(word, random.Next(-2, 12)); break;
                case 4: Write(word, random.Next(2) == 0 ? int.MaxValue - random.Next(3) : random.Next()); break;
                case 5: file.AsSpan(Place(random), 4).CopyTo(word); break;
                case 6 or 7: Write(word, value + random.Next(-2, 3)); break;
                case 8 or 9: Everywhere(file, random); break;
                default: Scale(file, random); break;
            }
        }
    }

    private int Place(Random random)
    {
        int[] places = random.Next(4) == 0 ? _places : _unnoticed;
        return places[random.Next(places.Length)];
    }

    /// <summary>True if the file can be read with another number at a place.</summary>
    private bool IsUnnoticed(int place)
    {
        byte[] file = [.. _original];
        file[place] ^= 1;
        try
        {
            TfliteModel.Parse(file);
            return true;
        }
        catch (TfliteFormatException)
        {
            return false;
        }
    }

    /// <summary>Changes one small number wherever it stands.</summary>
    private void Everywhere(byte[] file, Random random)
    {
        int from = 0;
        for (int attempt = 0; attempt < 50 && from is < 1 or > 4096; attempt++)
        {
            from = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(Place(random)));
        }

        int to = random.Next(4) switch
        {
            0 => from * 2,
            1 => random.Next(1, 17),
            2 => from * random.Next(1, 100),
            _ => from + random.Next(-1, 2),
        };
        int share = random.Next(1, 4);
        foreach (int place in _unnoticed)
        {
            Span<byte> word = file.AsSpan(place, 4);
            if (BinaryPrimitives.ReadInt32LittleEndian(word) == from && random.Next(share) == 0)
            {
                Write(word, to);
            }
        }
    }

    /// <summary>Changes a number that looks like a scale or another real number.</summary>
    private void Scale(byte[] file, Random random)
    {
        for (int attempt = 0; attempt < 50; attempt++)
        {
            Span<byte> word = file.AsSpan(Place(random), 4);
            float value = BinaryPrimitives.ReadSingleLittleEndian(word);
            if (MathF.Abs(value) is > 1e-9f and < 1e6f)
            {
                BinaryPrimitives.WriteSingleLittleEndian(word, random.Next(2) == 0 ? s_scales[random.Next(s_scales.Length)] : value * MathF.Exp((random.NextSingle() * 60) - 30));
                return;
            }
        }
    }

    private static void Write(Span<byte> word, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(word, value);
    }
}
