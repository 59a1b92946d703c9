using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Numbers in another type, as C converts them: integers wrap around, real numbers are cut towards zero.</summary>
internal static class CastKernel
{
    public static void Run(ReadOnlySpan<byte> input, DataType from, Span<byte> output, DataType to)
    {
        int count = input.Length / from.Bytes();
        if (from == to)
        {
            input.CopyTo(output);
        }
        else if (from == DataType.Float32)
        {
            FromFloat(MemoryMarshal.Cast<byte, float>(input), output, to);
        }
        else if (to == DataType.Float32)
        {
            Span<float> results = MemoryMarshal.Cast<byte, float>(output);
            for (int i = 0; i < count; i++)
            {
                results[i] = Elements.Read(input, from, i);
            }
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                long value = Elements.Read(input, from, i);
                Elements.Write(output, to, i, to == DataType.Bool && value != 0 ? 1 : value);
            }
        }
    }

    private static void FromFloat(ReadOnlySpan<float> values, Span<byte> output, DataType to)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Elements.Write(output, to, i, to switch
            {
                DataType.Bool => values[i] == 0 ? 0 : 1,
                DataType.UInt32 or DataType.Int64 => CLanguage.ToInt64(values[i]),
                _ => CLanguage.ToInt32(values[i]),
            });
        }
    }
}
