using System.Buffers.Binary;

namespace EdgeQuant.Converter.Host;

/// <summary>
/// A scale that was found at run time, as it stands in a tensor beside its data: real value = (element - zero point) x multiplier x
/// 2^(shift - 31), with the multiplier from 2^30 to 2^31 - 1 and the shift from -127 to 127 (<see cref="Runtime.Operators.DynamicOperand"/>).
/// </summary>
internal readonly record struct DynamicScale(int Multiplier, int Shift, int ZeroPoint)
{
    /// <summary>The int32 elements of its tensor: multiplier, shift, zero point.</summary>
    public const int Elements = 3;

    private const int LargestShift = 127;

    /// <summary>What one step of the data stands for.</summary>
    public double Step => Math.ScaleB(Multiplier, Shift - 31);

    /// <summary>Rounds a step to what a scale can hold.</summary>
    /// <param name="step">Above 0, finite.</param>
    /// <param name="zeroPoint">The element that stands for 0.</param>
    public static DynamicScale Of(double step, int zeroPoint)
    {
        int shift = Math.ILogB(step) + 1;
        long multiplier = (long)Math.Round(Math.ScaleB(step, 31 - shift), MidpointRounding.AwayFromZero);
        if (multiplier == 1L << 31)
        {
            multiplier /= 2;
            shift++;
        }

        return new DynamicScale((int)multiplier, Math.Clamp(shift, -LargestShift, LargestShift), zeroPoint);
    }

    /// <summary>The scale and zero point of an asymmetric range that is widened to hold 0, for 8 bits; a step of 1 where it is 0 alone.</summary>
    public static DynamicScale OfRange(double smallest, double largest)
    {
        const int Steps = 255;
        smallest = Math.Min(smallest, 0);
        largest = Math.Max(largest, 0);
        double step = smallest == largest ? 1 : Of((largest - smallest) / Steps, 0).Step;
        return Of(step, (int)Math.Clamp(Math.Round(sbyte.MinValue - (smallest / step), MidpointRounding.AwayFromZero), sbyte.MinValue, sbyte.MaxValue));
    }

    /// <summary>The scale and zero point of a symmetric range for 8 bits; a step of 1 where it is 0 alone.</summary>
    public static DynamicScale OfMagnitude(double largest)
    {
        return Of(largest == 0 ? 1 : largest / sbyte.MaxValue, 0);
    }

    public static DynamicScale Read(ReadOnlySpan<byte> tensor)
    {
        return new DynamicScale(
            BinaryPrimitives.ReadInt32LittleEndian(tensor),
            BinaryPrimitives.ReadInt32LittleEndian(tensor[sizeof(int)..]),
            BinaryPrimitives.ReadInt32LittleEndian(tensor[(2 * sizeof(int))..]));
    }

    public void Write(Span<byte> tensor)
    {
        BinaryPrimitives.WriteInt32LittleEndian(tensor, Multiplier);
        BinaryPrimitives.WriteInt32LittleEndian(tensor[sizeof(int)..], Shift);
        BinaryPrimitives.WriteInt32LittleEndian(tensor[(2 * sizeof(int))..], ZeroPoint);
    }
}
