using System.Buffers.Binary;
using System.Text;
using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>
/// The header of a NumPy array file, versions 1 to 3 (numpy.lib.format): the magic, the version, the length of a Python dictionary, and in it
/// how numbers are stored (<c>descr</c>), the order (<c>fortran_order</c>) and the <c>shape</c>.
/// </summary>
internal static class NpyHeader
{
    /// <summary>Longer dictionaries describe no plain array: NumPy itself stops at 10,000 characters.</summary>
    private const int MostCharacters = 1 << 16;

    private const int MostSizes = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header at the start of a file.</summary>
    public static ArrayHeader Read(DataStream data)
    {
        Span<byte> start = stackalloc byte[8];
        data.Require(start, "the header");
        if (!start[..Magic.Length].SequenceEqual(Magic))
        {
            throw new DataException(data.Name, "the start of the file", Convert.ToHexStringLower(start[..Magic.Length]), "934e554d5059, with which .npy files start");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw new DataException(data.Name, "the version in byte 6", $"{version}", "1 to 3");
        }

        Span<byte> length = stackalloc byte[version == 1 ? 2 : 4];
        data.Require(length, "the header");
        long characters = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (characters > MostCharacters)
        {
            throw new DataException(data.Name, "the length of the header in byte 8", $"{characters}", $"0 to {MostCharacters}");
        }

        byte[] dictionary = new byte[characters];
        data.Require(dictionary, "the header");
        ArrayHeader header = OfDictionary(data.Name, (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(dictionary));
        ArrayLength.Check(data, header, start.Length + length.Length + dictionary.Length);
        return header;
    }

    private static ArrayHeader OfDictionary(string file, string text)
    {
        PythonDictionary dictionary = PythonDictionary.Parse(file, text);
        NumberFormat format = NpyType.Of(file, dictionary.Text("descr"));
        long[] shape = dictionary.Sizes("shape");
        return shape.Length <= MostSizes
            ? new ArrayHeader(format, shape, dictionary.Truth("fortran_order"))
            : throw new DataException(file, "the number of sizes in the shape", $"{shape.Length}", $"0 to {MostSizes}");
    }
}
