using System.Buffers.Binary;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Whatever a file says, it is read or refused: no other exception, no more time and memory than its size allows.</summary>
public sealed class TfliteHostileTests
{
    private const string Made = "made by the test";

    /// <summary>Small files with many kinds of parts: one made here, the rest real.</summary>
    public static TheoryData<string> Small => Files(Made, "goldens/_ops/conv2d_int4_0", "goldens/_ops/strided_slice_0", "goldens/tflm_hello_world_int8");

    /// <summary>Enough bytes of structure, as opposed to constants, to be worth many mutations.</summary>
    public static TheoryData<string> Mutated =>
        Files(
            Made,
            "goldens/_ops/conv2d_int4_1",
            "goldens/_ops/fc_perchannel_0",
            "goldens/_ops/split_v_0",
            "goldens/_ops/transpose_conv_0",
            "goldens/tflm_hello_world_int8",
            "goldens/tflm_mnist_lstm_int8",
            "goldens/tflm_audio_preprocessor_int8",
            "goldens/mww_okay_nabu");

    [Theory]
    [MemberData(nameof(Small))]
    public void Every_truncation_is_refused_or_read(string name)
    {
        byte[] file = Load(name);
        int read = Enumerable.Range(0, file.Length).Count(length => HostileFile.Read(file.AsMemory(0, length), () => $"{name} cut to {length} bytes"));

        // What may be cut off is the padding behind the last constant.
        Assert.InRange(read, 0, 16);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Every_word_takes_every_hostile_value(string name)
    {
        byte[] original = Load(name);
        int length = original.Length;
        int[] values = [0, 1, 2, 3, 4, -1, -4, int.MinValue, int.MaxValue, 0x7F7F7F7F, length, length - 1, length - 4, length / 4, -length, 0x0000FFFF];
        int refused = 0;
        for (int position = 0; position + 4 <= length; position += 2)
        {
            foreach (int value in values)
            {
                byte[] file = [.. original];
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(position), value);
                refused += HostileFile.Read(file, () => $"{name} with {value} at byte {position}") ? 0 : 1;
            }
        }

        Assert.True(refused > length, $"only {refused} files were refused");
    }

    [Theory]
    [MemberData(nameof(Mutated))]
    public void Random_mutations_are_refused_or_read(string name)
    {
        const int Variants = 40_000;
        const int MostMutations = 4;
        byte[] original = Load(name);
        byte[] file = new byte[original.Length];
        int refused = 0;
        for (int seed = 0; seed < Variants; seed++)
        {
            original.CopyTo(file, 0);
            Random random = new(seed);
            for (int count = random.Next(1, MostMutations + 1); count > 0; count--)
            {
                Mutate(file, random);
            }

            refused += HostileFile.Read(file, () => $"{name} mutated with seed {seed}") ? 0 : 1;
        }

        Assert.InRange(refused, Variants / 100, Variants - 1);
    }

    private static void Mutate(byte[] file, Random random)
    {
        Span<byte> word = file.AsSpan(random.Next(file.Length / 4) * 4, 4);
        switch (random.Next(5))
        {
            case 0:
                file[random.Next(file.Length)] = (byte)random.Next(256);
                break;
            case 1:
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                BinaryPrimitives.WriteInt32LittleEndian(word, random.Next(-file.Length, file.Length));
                break;
            case 3:
                random.NextBytes(word);
                break;
            default:
                file.AsSpan(random.Next(file.Length / 4) * 4, 4).CopyTo(word);
                break;
        }
    }

    /// <summary>All the files, or where the real ones are absent what is left and an empty name, so that the test can say so.</summary>
    private static TheoryData<string> Files(string made, params string[] real)
    {
        return [made, .. Golden.Available ? real.Select(folder => folder + "/model.tflite") : [""]];
    }

    private static byte[] Load(string name)
    {
        return name == Made ? SmallModel.Build().ToFile() : SourceModels.Read(name);
    }
}
