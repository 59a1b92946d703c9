using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Accumulators of single output channels to outputs: <see cref="Arithmetic.Requantization"/> to the bit, without its branches.</summary>
internal readonly ref struct ScalarRequantization
{
    private readonly ref int _bias;
    private readonly ref int _multipliers;
    private readonly ref int _leftShifts;
    private readonly ref int _rightShifts;
    private readonly int _offset;
    private readonly int _minimum;
    private readonly int _maximum;

    internal ScalarRequantization(ChannelScales scales)
    {
        _bias = ref MemoryMarshal.GetArrayDataReference(scales.Bias);
        _multipliers = ref MemoryMarshal.GetArrayDataReference(scales.Multipliers);
        _leftShifts = ref MemoryMarshal.GetArrayDataReference(scales.LeftShifts);
        _rightShifts = ref MemoryMarshal.GetArrayDataReference(scales.RightShifts);
        _offset = scales.OutputOffset;
        _minimum = scales.Minimum;
        _maximum = scales.Maximum;
    }

    /// <summary>
    /// The output of a channel: rounded after the multiplication, halves up, and after the shift, halves away from zero. Where multipliers are
    /// not negative the saturating case of the product cannot come.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal sbyte Finish(int accumulator, nint channel)
    {
        int value = (accumulator + Unsafe.Add(ref _bias, channel)) << Unsafe.Add(ref _leftShifts, channel);
        int shift = Unsafe.Add(ref _rightShifts, channel);
        long product = (((long)value * Unsafe.Add(ref _multipliers, channel)) + (1L << 30)) >> 31;
        long half = (1L << shift) >> 1;
        long below = half == 0 ? 0 : product >> 63;
        int scaled = (int)((product + half + below) >> shift) + _offset;
        return (sbyte)Math.Min(Math.Max(scaled, _minimum), _maximum);
    }
}
