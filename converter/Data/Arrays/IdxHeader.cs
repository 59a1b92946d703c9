using System.Buffers.Binary;
using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>
/// The header of an IDX file: two zeros, the type, the number of sizes, the sizes, then the numbers, all big endian (LeCun, Cortes and Burges,
/// "The MNIST database of handwritten digits").
/// </summary>
internal static class IdxHeader
{
    private const int SizeBytes = 4;
    private const int MostSizes = 8;

    /// <summary>Reads the header at the start of a file.</summary>
    public static ArrayHeader Read(DataStream data)
    {
        Span<byte> start = stackalloc byte[4];
        data.Require(start, "the header");
        if (start[0] != 0 || start[1] != 0)
        {
            throw new DataException(data.Name, "the start of the file", $"{start[0]:x2} {start[1]:x2}", "00 00, with which IDX files start");
        }

        DataType type = start[2] switch
        {
            0x08 => DataType.UInt8,
            0x09 => DataType.Int8,
            0x0B => DataType.Int16,
            0x0C => DataType.Int32,
            0x0D => DataType.Float32,
            0x0E => DataType.Float64,
            byte found => throw new DataException(
                data.Name, "the type in byte 2", $"0x{found:x2}", "0x08 (uint8), 0x09 (int8), 0x0b (int16), 0x0c (int32), 0x0d (float32), 0x0e (float64)"),
        };
        int rank = start[3];
        if (rank is 0 or > MostSizes)
        {
            throw new DataException(data.Name, "the number of sizes in byte 3", $"{rank}", $"1 to {MostSizes}");
        }

        Span<byte> sizes = stackalloc byte[MostSizes * SizeBytes];
        sizes = sizes[..(rank * SizeBytes)];
        data.Require(sizes, "the sizes");
        long[] shape = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(sizes[(i * SizeBytes)..]);
        }

        ArrayHeader header = new(new NumberFormat(type, BigEndian: true), shape);
        ArrayLength.Check(data, header, start.Length + sizes.Length);
        return header;
    }
}
