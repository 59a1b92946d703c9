using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Finishes accumulators of 16-bit data that have 64 bits, with AVX2, which shifts signed values of 64 bits by one number for all only: the sign is taken off
/// before the shift, by adding 2^63, and what that has become afterwards.
/// </summary>
internal sealed class Avx2Int16Requantizer : Int16Requantizer
{
    private readonly long[] _multipliers;

    /// <summary>For each lane what is added before the shift, 2^63 included.</summary>
    private readonly long[] _biased;
    private readonly long[] _shifts;

    /// <summary>For each lane what is added after the shift: the output's zero point less what 2^63 has become.</summary>
    private readonly long[] _restored;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="parameters">Bias, offsets, multipliers and clamp, for accumulators of 64 bits.</param>
    internal Avx2Int16Requantizer(RowParameters parameters)
        : base(parameters)
    {
        int period = Period(parameters.Rows);
        _multipliers = new long[period];
        _biased = new long[period];
        _shifts = new long[period];
        _restored = new long[period];
        for (int lane = 0; lane < period; lane++)
        {
            (_multipliers[lane], long added, _shifts[lane]) = ScaleOf(lane, parameters);
            _biased[lane] = added ^ long.MinValue;
            _restored[lane] = parameters.OutputOffset - (long)((1UL << 63) >> (int)_shifts[lane]);
        }

        _minimum = parameters.Minimum;
        _maximum = parameters.Maximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref short results = ref Unsafe.As<sbyte, short>(ref output);
        ref long biased = ref MemoryMarshal.GetArrayDataReference(_biased);
        ref long multipliers = ref MemoryMarshal.GetArrayDataReference(_multipliers);
        ref long shifts = ref MemoryMarshal.GetArrayDataReference(_shifts);
        ref long restored = ref MemoryMarshal.GetArrayDataReference(_restored);
        Vector256<int> evens = Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6);
        Vector256<int> minimum = Vector256.Create(_minimum);
        Vector256<int> maximum = Vector256.Create(_maximum);
        nuint period = (nuint)_biased.Length;
        nuint lane = 0;
        for (int left = vectors * Lanes; left > 0; left -= 8)
        {
            Vector256<int> values = Vector256.LoadUnsafe(ref sums);
            Vector256<long> lower = Avx2.Multiply(Avx2.ConvertToVector256Int64(values.GetLower()).AsInt32(), Vector256.LoadUnsafe(ref multipliers, lane).AsInt32());
            Vector256<long> upper = Avx2.Multiply(Avx2.ConvertToVector256Int64(values.GetUpper()).AsInt32(), Vector256.LoadUnsafe(ref multipliers, lane + 4).AsInt32());
            lower = Avx2.ShiftRightLogicalVariable(lower + Vector256.LoadUnsafe(ref biased, lane), Vector256.LoadUnsafe(ref shifts, lane).AsUInt64())
                + Vector256.LoadUnsafe(ref restored, lane);
            upper = Avx2.ShiftRightLogicalVariable(upper + Vector256.LoadUnsafe(ref biased, lane + 4), Vector256.LoadUnsafe(ref shifts, lane + 4).AsUInt64())
                + Vector256.LoadUnsafe(ref restored, lane + 4);
            Vector256<int> scaled = Vector256.Create(
                Avx2.PermuteVar8x32(lower.AsInt32(), evens).GetLower(), Avx2.PermuteVar8x32(upper.AsInt32(), evens).GetLower());
            scaled = Vector256.Min(Vector256.Max(scaled, minimum), maximum);
            Sse2.PackSignedSaturate(scaled.GetLower(), scaled.GetUpper()).StoreUnsafe(ref results);
            sums = ref Unsafe.Add(ref sums, 8);
            results = ref Unsafe.Add(ref results, 8);
            lane = lane + 8 == period ? 0 : lane + 8;
        }
    }
}
