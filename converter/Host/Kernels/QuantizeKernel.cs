using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>
/// Real numbers to integers: divided by the scale in single precision, rounded to the nearest integer (ties away from zero), moved by the
/// zero point, clamped to the type's range (TensorFlow Lite quantization specification; single-precision steps as in its reference).
/// </summary>
internal static class QuantizeKernel
{
    public static void Run(ReadOnlySpan<byte> input, HostTensor target, Span<byte> output)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(input);
        float scale = target.Scale!.Value;
        int zeroPoint = target.ZeroPoint ?? 0;
        (int minimum, int maximum) = Range(target.Type);
        for (int i = 0; i < values.Length; i++)
        {
            float rounded = MathF.Round(values[i] / scale, MidpointRounding.AwayFromZero);
            int clamped = Math.Clamp(unchecked(CLanguage.ToInt32(rounded) + zeroPoint), minimum, maximum);
            switch (target.Type)
            {
                case DataType.Int16: BinaryPrimitives.WriteInt16LittleEndian(output[(i * sizeof(short))..], (short)clamped); break;
                case DataType.Int32: BinaryPrimitives.WriteInt32LittleEndian(output[(i * sizeof(int))..], clamped); break;
                default: output[i] = unchecked((byte)clamped); break;
            }
        }
    }

    private static (int Minimum, int Maximum) Range(DataType type)
    {
        return type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => (int.MinValue, int.MaxValue),
        };
    }
}
