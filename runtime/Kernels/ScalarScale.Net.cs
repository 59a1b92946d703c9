using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Multiplies by a factor of multiplier x 2^(shift - 31) and adds an offset, to the bit as <see cref="Arithmetic.Requantization"/>, without a branch:
/// both roundings of the reference are one sum and one shift, <c>(value x multiplier + addend - (value &lt; 0 ? below : 0)) &gt;&gt; shift</c>.
/// </summary>
/// <remarks>
/// The addend holds one half for the product of 31 fractional bits, one half for the shift that follows, and the offset; a shift of a shift is one by
/// their sum. Halves of the second go away from zero: where the value is negative they are less by one unit of the product, which changes nothing where
/// the product is 0.
/// </remarks>
internal readonly struct ScalarScale
{
    /// <summary>The smallest shift, to the right, that leaves room in 64 bits for an offset of 9 bits.</summary>
    internal const int SmallestShift = -22;

    private const int FractionBits = 31;

    private readonly long _multiplier;
    private readonly long _addend;
    private readonly long _below;
    private readonly int _shift;

    /// <param name="multiplier">0 to 2^31 - 1.</param>
    /// <param name="shift">
    /// Positive to the left, at most 30, where values stay below 2^31 when they are shifted; negative to the right, from <see cref="SmallestShift"/> on, or
    /// from -31 on where the offset is 0.
    /// </param>
    /// <param name="offset">-255 to 255.</param>
    internal ScalarScale(int multiplier, int shift, int offset)
    {
        _multiplier = (long)multiplier << Math.Max(shift, 0);
        _shift = FractionBits + Math.Max(-shift, 0);
        _below = shift < 0 ? 1L << FractionBits : 0;
        _addend = (1L << (FractionBits - 1)) + (shift < 0 ? 1L << (_shift - 1) : 0) + ((long)offset << _shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Apply(long value)
    {
        return (int)(((value * _multiplier) + _addend - ((value >> 63) & _below)) >> _shift);
    }

    /// <summary>An output from how far it is above the smallest, without a branch.</summary>
    /// <param name="value">How far it is above the smallest; what is negative gives the smallest.</param>
    /// <param name="largest">The largest output.</param>
    /// <param name="range">How far that is above the smallest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static sbyte Clamp(int value, int largest, int range)
    {
        int beyond = (value & ~(value >> 31)) - range;
        return (sbyte)((beyond & (beyond >> 31)) + largest);
    }
}
