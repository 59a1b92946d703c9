using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>The device's form of constants that share values: header, codebooks, rows of packed indices.</summary>
internal static class SharedEncoding
{
    /// <summary>The bytes; null if they are no fewer than those of the elements as they are, or no form of the file's.</summary>
    public static byte[]? Of(Tensor tensor)
    {
        if (tensor is not { Shared: SharedWeights shared, Type: DataType.Int8, Data: ReadOnlyMemory<byte> data })
        {
            return null;
        }

        int rows = tensor.Rank == 0 ? 1 : tensor.Shape[0];
        int columns = tensor.ElementCount / rows;
        long length = SharedLayout.Bytes(rows, columns, shared.IndexBits, shared.Entries, shared.Codebooks.Count);
        return length < tensor.ElementCount && shared.Codebooks.Count <= SharedLayout.MostCodebooks ? Pack(tensor, shared, data.Span, rows, (int)length) : null;
    }

    private static byte[] Pack(Tensor tensor, SharedWeights shared, ReadOnlySpan<byte> elements, int rows, int length)
    {
        byte[] packed = new byte[length];
        packed[ModelLayout.SharedBits] = (byte)shared.IndexBits;
        packed[ModelLayout.SharedLastEntry] = (byte)(shared.Entries - 1);
        packed[ModelLayout.SharedCodebooks] = (byte)shared.Codebooks.Count;
        packed[ModelLayout.SharedCodebooks + 1] = (byte)(shared.Codebooks.Count >> 8);
        for (int i = 0; i < shared.Codebooks.Count; i++)
        {
            sbyte[] codebook = shared.Codebooks[i];
            for (int entry = 0; entry < shared.Entries; entry++)
            {
                packed[ModelLayout.SharedData + (i * shared.Entries) + entry] = (byte)codebook[Math.Min(entry, codebook.Length - 1)];
            }
        }

        int columns = elements.Length / rows;
        int rowBytes = (int)SharedLayout.RowBytes(columns, shared.IndexBits);
        int inner = shared.IsPerChannel ? tensor.Shape[(shared.Axis + 1)..].Aggregate(1, (product, size) => product * size) : 1;
        Span<byte> indices = packed.AsSpan(length - (rows * rowBytes));
        for (int i = 0; i < elements.Length; i++)
        {
            sbyte[] codebook = shared.Codebooks[i / inner % shared.Codebooks.Count];
            int index = Array.BinarySearch(codebook, (sbyte)elements[i]);
            if (index < 0)
            {
                throw new InvalidOperationException($"Element {i} of the constant '{tensor.Name}' is {(sbyte)elements[i]}, which is no entry of its codebook.");
            }

            Put(indices.Slice(i / columns * rowBytes, rowBytes), i % columns * (long)shared.IndexBits, index);
        }

        return packed;
    }

    /// <summary>Puts an index at a bit of a row, its low bits first.</summary>
    private static void Put(Span<byte> row, long bit, int index)
    {
        int at = (int)(bit / 8);
        int shifted = index << (int)(bit % 8);
        row[at] |= (byte)shifted;
        if (shifted >> 8 != 0)
        {
            row[at + 1] |= (byte)(shifted >> 8);
        }
    }
}
