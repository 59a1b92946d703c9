using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>The numbers that a constant's bytes mean.</summary>
internal static class ConstantValues
{
    /// <summary>The real numbers: quantized integers times their scale, all others as they are; null for types that hold no numbers.</summary>
    public static float[]? Of(Tensor tensor)
    {
        float[]? values = Elements(tensor);
        if (values is not null && tensor.Quantization is Quantization quantization)
        {
            Scale(values, tensor.Shape, quantization);
        }

        return values;
    }

    /// <summary>The elements without scale and zero point.</summary>
    private static float[]? Elements(Tensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Data!.Value.Span;
        if (tensor.Type == DataType.Int4)
        {
            return Array.ConvertAll(Int4Elements.Unpack(bytes, tensor.ElementCount), element => (float)element);
        }

        int size = tensor.Type.Bytes();
        if (size == 0 || bytes.Length != (long)size * tensor.ElementCount)
        {
            return null;
        }

        if (ConstantReader.ConstantLongs(tensor) is long[] integers)
        {
            return Array.ConvertAll(integers, integer => (float)integer);
        }

        float[] values = new float[tensor.ElementCount];
        if (tensor.Type == DataType.Float32 && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = tensor.Type switch
            {
                DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                DataType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                DataType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                DataType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
                _ => throw new InvalidOperationException($"{tensor.Type} has a size and is no number."),
            };
        }

        return values;
    }

    private static void Scale(float[] values, int[] shape, Quantization quantization)
    {
        int slices = quantization.Scales.Length;
        int inner = slices == 1 ? values.Length : shape[(quantization.Axis + 1)..].Aggregate(1, (product, size) => product * size);
        for (int i = 0; i < values.Length; i++)
        {
            int slice = slices == 1 ? 0 : i / inner % slices;
            values[i] = quantization.Scales[slice] * (values[i] - quantization.ZeroPoints[slice]);
        }
    }
}
