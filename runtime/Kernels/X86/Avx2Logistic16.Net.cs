using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary><see cref="Logistic16"/> to the bit, eight numbers at a time, of 8 numbers or more.</summary>
internal static class Avx2Logistic16
{
    /// <summary>The last line between two of the table's entries; what lies beyond is the largest value.</summary>
    private const int LastLine = 254;

    /// <summary>The table, at a place that it keeps: instructions that read several entries at once take an address.</summary>
    private static readonly ushort[] s_table = Table();

    /// <inheritdoc cref="KernelSet.Logistic"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Logistic(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        Run(input, multiplier, shift, output, 9, 10, 0x7FFF << 10, 1 << 9, (1 << 25) + (1 << 9) - 1);
    }

    /// <inheritdoc cref="KernelSet.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tanh(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        Run(input, multiplier, shift, output, 8, 8, 0xFFFF << 8, -(1 << 23) + (1 << 7), (1 << 23) + (1 << 7) - 1);
    }

    private static ushort[] Table()
    {
        ushort[] table = GC.AllocateArray<ushort>(SigmoidTable.Values.Length, pinned: true);
        SigmoidTable.Values.CopyTo(table, 0);
        return table;
    }

    /// <summary>The table at the argument's magnitude plus one number or, for negative arguments, another number less it.</summary>
    /// <param name="input">The arguments. The last eight, which may be among those before, are read first, because the output may be the same bytes.</param>
    /// <param name="multiplier">As in <see cref="Logistic16"/>.</param>
    /// <param name="shift">As in <see cref="Logistic16"/>.</param>
    /// <param name="output">The results.</param>
    /// <param name="fractionBits">The bits of the argument within a line.</param>
    /// <param name="resultBits">The bits of the sum below a result.</param>
    /// <param name="saturated">What stands for the table beyond its last line.</param>
    /// <param name="positive">What is added to the table for arguments of 0 or more.</param>
    /// <param name="negative">What the table is taken from for negative arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(
        ReadOnlySpan<short> input,
        int multiplier,
        int shift,
        Span<short> output,
        [ConstantExpected] byte fractionBits,
        [ConstantExpected] byte resultBits,
        int saturated,
        int positive,
        int negative)
    {
        ref short values = ref MemoryMarshal.GetReference(input[..output.Length]);
        ref short results = ref MemoryMarshal.GetReference(output);
        ref ushort table = ref MemoryMarshal.GetArrayDataReference(s_table);
        Vector256<int> multipliers = Vector256.Create(multiplier);
        Vector256<int> half = Vector256.Create((int)((1u << shift) >> 1));
        Vector128<int> shifts = Vector128.CreateScalar(shift);
        nint last = output.Length - Vector128<short>.Count;
        Vector128<short> rest = Vector128.LoadUnsafe(ref values, (nuint)last);
        for (nint i = 0; i < last; i += Vector128<short>.Count)
        {
            Vector256<int> argument = Argument(Vector128.LoadUnsafe(ref values, (nuint)i), multipliers, half, shifts);
            Sigmoid(argument, ref table, fractionBits, resultBits, saturated, positive, negative).StoreUnsafe(ref results, (nuint)i);
        }

        Sigmoid(Argument(rest, multipliers, half, shifts), ref table, fractionBits, resultBits, saturated, positive, negative).StoreUnsafe(ref results, (nuint)last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Argument(Vector128<short> values, Vector256<int> multipliers, Vector256<int> half, Vector128<int> shifts)
    {
        return Avx2.ShiftRightArithmetic(Avx2.MultiplyLow(Avx2.ConvertToVector256Int32(values), multipliers) + half, shifts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Sigmoid(
        Vector256<int> argument,
        ref ushort table,
        [ConstantExpected] byte fractionBits,
        [ConstantExpected] byte resultBits,
        int saturated,
        int positive,
        int negative)
    {
        Vector256<uint> magnitude = Avx2.Abs(argument);
        Vector256<int> line = Avx2.ShiftRightLogical(magnitude, fractionBits).AsInt32();
        Vector256<int> lastLine = Vector256.Create(LastLine);
        Vector256<int> found = Vector256.Min(line, lastLine);
        Vector256<int> entries = Pairs(ref table, found);
        Vector256<int> start = Avx2.ShiftRightLogical(Avx2.ShiftLeftLogical(entries, 16), 16);
        Vector256<int> rise = Avx2.ShiftRightLogical(entries, 16) - start;
        Vector256<int> fraction = magnitude.AsInt32() - Avx2.ShiftLeftLogical(found, fractionBits);
        Vector256<int> result = Avx2.ShiftLeftLogical(start, fractionBits) + Avx2.MultiplyLow(fraction, rise);
        result = Vector256.ConditionalSelect(Avx2.CompareGreaterThan(line, lastLine), Vector256.Create(saturated), result);
        Vector256<int> isNegative = Avx2.ShiftRightArithmetic(argument, 31);
        result = Vector256.ConditionalSelect(isNegative, Vector256.Create(negative) - result, result + Vector256.Create(positive));
        result = Avx2.ShiftRightArithmetic(result, resultBits);
        return Sse2.PackSignedSaturate(result.GetLower(), result.GetUpper());
    }

    /// <summary>Of each line the entry that it starts with, and 16 bits above it the one that it ends with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<int> Pairs(ref ushort table, Vector256<int> lines)
    {
        return Avx2.GatherVector256((int*)Unsafe.AsPointer(ref table), lines, sizeof(ushort));
    }
}
