using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Accumulators of eight output channels at once to outputs: <see cref="Arithmetic.Requantization"/> to the bit.</summary>
internal readonly ref struct Avx2Requantization
{
    private readonly ref int _multipliers;
    private readonly ref int _leftShifts;
    private readonly ref int _rightShifts;
    private readonly Vector256<int> _offset;
    private readonly Vector256<int> _minimum;
    private readonly Vector256<int> _maximum;

    internal Avx2Requantization(ChannelScales scales)
    {
        _multipliers = ref MemoryMarshal.GetArrayDataReference(scales.Multipliers);
        _leftShifts = ref MemoryMarshal.GetArrayDataReference(scales.LeftShifts);
        _rightShifts = ref MemoryMarshal.GetArrayDataReference(scales.RightShifts);
        _offset = Vector256.Create(scales.OutputOffset);
        _minimum = Vector256.Create(scales.Minimum);
        _maximum = Vector256.Create(scales.Maximum);
    }

    /// <summary>The outputs of channels from <paramref name="channel"/> on, as 32-bit integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<int> Finish(Vector256<int> accumulators, nuint channel)
    {
        Vector256<int> values = Avx2.ShiftLeftLogicalVariable(accumulators, Vector256.LoadUnsafe(ref _leftShifts, channel).AsUInt32());
        Vector256<int> scaled = Scale(values, Vector256.LoadUnsafe(ref _multipliers, channel), Vector256.LoadUnsafe(ref _rightShifts, channel).AsUInt32());
        return Vector256.Min(Vector256.Max(scaled + _offset, _minimum), _maximum);
    }

    /// <summary>
    /// values x multipliers x 2^(-31 - shifts): rounded after the multiplication, halves up, and after the shift, halves away from zero. Where
    /// multipliers are not negative the saturating case of the product cannot come.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Scale(Vector256<int> values, Vector256<int> multipliers, Vector256<uint> shifts)
    {
        Vector256<int> oddMultipliers = Avx2.ShiftRightLogical(multipliers.AsInt64(), 32).AsInt32();
        return Divide(Multiply(values, multipliers, oddMultipliers), Halves(shifts), shifts);
    }

    /// <summary>Like <see cref="Scale(Vector256{int}, Vector256{int}, Vector256{uint})"/>, with one multiplier and one shift for all.</summary>
    /// <param name="values">Any values.</param>
    /// <param name="multiplier">The multiplier, 0 or more, in each lane.</param>
    /// <param name="half"><see cref="Halves"/> of the shift.</param>
    /// <param name="shift">The shift, 0 to 31, in each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Scale(Vector256<int> values, Vector256<int> multiplier, Vector256<uint> half, Vector256<uint> shift)
    {
        return Divide(Multiply(values, multiplier, multiplier), half, shift);
    }

    /// <summary>One half of what shifts divide by; 0 where they do not divide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Halves(Vector256<uint> shifts)
    {
        return Avx2.ShiftRightLogical(Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, shifts), 1);
    }

    /// <summary>Sixteen outputs, packed to bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<sbyte> Finish(Vector256<int> first, Vector256<int> second, nuint channel)
    {
        Vector256<short> pairs = Avx2.PackSignedSaturate(Finish(first, channel), Finish(second, channel + 8));
        Vector256<short> ordered = Avx2.Permute4x64(pairs.AsInt64(), 0b11_01_10_00).AsInt16();
        return Sse2.PackSignedSaturate(ordered.GetLower(), ordered.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> values, Vector256<int> evenMultipliers, Vector256<int> oddMultipliers)
    {
        Vector256<long> half = Vector256.Create(1L << 30);
        Vector256<long> even = Avx2.Multiply(values, evenMultipliers) + half;
        Vector256<long> odd = Avx2.Multiply(Avx2.ShiftRightLogical(values.AsInt64(), 32).AsInt32(), oddMultipliers) + half;
        return Avx2.Blend(Avx2.ShiftRightLogical(even, 31).AsInt32(), Avx2.ShiftLeftLogical(odd, 1).AsInt32(), 0b10101010);
    }

    /// <summary>Halves away from zero are halves up of the magnitude, which has room for them without its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Divide(Vector256<int> products, Vector256<uint> halves, Vector256<uint> shifts)
    {
        return Avx2.Sign(Avx2.ShiftRightLogicalVariable(Avx2.Abs(products) + halves, shifts).AsInt32(), products);
    }
}
