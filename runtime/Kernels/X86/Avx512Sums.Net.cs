using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Sums of quantized values, sixteen at a time, where one of the two is on the common scale already but for a power of two: the one with the larger
/// scale, as converters choose it.
/// </summary>
internal static class Avx512Sums
{
    private const int Half = 1 << 30;

    /// <summary>The largest shift that leaves room for half and offset.</summary>
    private const int LargestShift = 21;

    /// <summary>True if the sums are of the kind that <see cref="Add"/> computes.</summary>
    internal static bool CanAdd(SumParameters parameters)
    {
        return parameters.Sign == 1
            && (IsExact(parameters.LeftMultiplier, parameters.LeftShift, parameters.SpareBits) || IsExact(parameters.RightMultiplier, parameters.RightShift, parameters.SpareBits))
            && Fits(parameters.LeftMultiplier, parameters.LeftShift)
            && Fits(parameters.RightMultiplier, parameters.RightShift)
            && Fits(parameters.OutputMultiplier, parameters.OutputShift);
    }

    /// <summary>As <see cref="KernelSet.Add"/> of operands of the output's length, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    internal static int Add(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        return IsExact(parameters.LeftMultiplier, parameters.LeftShift, parameters.SpareBits)
            ? AddToExact(
                left, parameters.LeftOffset, parameters.LeftShift, right, parameters.RightOffset, parameters.RightMultiplier, -parameters.RightShift, output, parameters)
            : AddToExact(
                right, parameters.RightOffset, parameters.RightShift, left, parameters.LeftOffset, parameters.LeftMultiplier, -parameters.LeftShift, output, parameters);
    }

    /// <summary>True if scaling only shifts, and loses no bit.</summary>
    private static bool IsExact(int multiplier, int shift, int spareBits)
    {
        return multiplier == Half && spareBits - 1 + shift >= 0;
    }

    private static bool Fits(int multiplier, int shift)
    {
        return multiplier >= Half && -shift <= LargestShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int AddToExact(
        ReadOnlySpan<sbyte> exact,
        int exactOffset,
        int exactShift,
        ReadOnlySpan<sbyte> other,
        int otherOffset,
        int otherMultiplier,
        int otherShift,
        Span<sbyte> output,
        SumParameters parameters)
    {
        ref sbyte exactValues = ref MemoryMarshal.GetReference(exact[..output.Length]);
        ref sbyte otherValues = ref MemoryMarshal.GetReference(other[..output.Length]);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector512<int> exactOffsets = Vector512.Create(exactOffset);
        Vector128<int> exactShifts = Vector128.CreateScalar(parameters.SpareBits - 1 + exactShift);
        Vector512<int> otherOffsets = Vector512.Create(otherOffset);

        // One bit more than the common scale has: the factor 2 of Scale.
        Vector128<int> otherSpareBits = Vector128.CreateScalar(parameters.SpareBits + 1);
        Vector512<int> otherMultipliers = Vector512.Create(otherMultiplier);
        Vector512<long> otherAddends = Addends(otherShift, 0);
        Vector512<int> otherSigns = Signs(otherShift);
        Vector512<uint> otherShifts = Vector512.Create((uint)otherShift);
        Vector512<int> multipliers = Vector512.Create(parameters.OutputMultiplier);
        Vector512<long> addends = Addends(-parameters.OutputShift, parameters.OutputOffset);
        Vector512<int> signs = Signs(-parameters.OutputShift);
        Vector512<uint> shifts = Vector512.Create((uint)-parameters.OutputShift);
        Vector128<sbyte> minimum = Vector128.Create((sbyte)parameters.Minimum);
        Vector128<sbyte> maximum = Vector128.Create((sbyte)parameters.Maximum);
        Vector512<int> upper = Vector512.Create(unchecked((long)0xFFFFFFFF_00000000)).AsInt32();
        int i = 0;
        for (; i <= output.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            Vector512<int> a = Avx512F.ShiftLeftLogical(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref exactValues, (nuint)i)) + exactOffsets, exactShifts);
            Vector512<int> b = Avx512F.ShiftLeftLogical(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref otherValues, (nuint)i)) + otherOffsets, otherSpareBits);
            Vector512<int> sum = a + Scale(b, otherMultipliers, otherAddends, otherSigns, otherShifts, upper);
            Vector512<int> result = Scale(sum + sum, multipliers, addends, signs, shifts, upper);
            Sse41.Min(Sse41.Max(Avx512F.ConvertToVector128SByteWithSaturation(result), minimum), maximum).StoreUnsafe(ref results, (nuint)i);
        }

        return i;
    }

    /// <summary>One half for the multiplication, and times 2^32 one half for the shift, and the offset.</summary>
    private static Vector512<long> Addends(int shift, int offset)
    {
        long half = shift == 0 ? 0 : 1L << (shift - 1);
        return Vector512.Create(((half + ((long)offset << shift)) << 32) + (1L << 31));
    }

    /// <summary>All bits where negative halves are rounded down, which is so unless nothing is shifted.</summary>
    private static Vector512<int> Signs(int shift)
    {
        return shift == 0 ? Vector512<int>.Zero : Vector512<int>.AllBitsSet;
    }

    /// <summary>Twice the values to the output scale, as <see cref="BoundedScales"/> explains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Scale(
        Vector512<int> doubled, Vector512<int> multipliers, Vector512<long> addends, Vector512<int> signs, Vector512<uint> shifts, Vector512<int> upper)
    {
        Vector512<long> even = Avx512F.Multiply(doubled, multipliers) + addends;
        Vector512<long> odd = Avx512F.Multiply(Avx512F.Shuffle(doubled, 0b11_11_01_01), multipliers) + addends;
        Vector512<int> high = Vector512.ConditionalSelect(upper, odd.AsInt32(), Avx512F.Shuffle(even.AsInt32(), 0b11_11_01_01));
        return Avx512F.ShiftRightArithmeticVariable(high + (Avx512F.ShiftRightArithmetic(doubled, 31) & signs), shifts);
    }
}
