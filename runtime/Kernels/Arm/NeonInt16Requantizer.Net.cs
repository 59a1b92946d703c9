using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Finishes accumulators of 16-bit data that have 64 bits, with NEON.</summary>
internal sealed class NeonInt16Requantizer : Int16Requantizer
{
    private readonly int[] _multipliers;
    private readonly long[] _added;

    /// <summary>For each lane the shift, negative: to the right.</summary>
    private readonly long[] _shifts;
    private readonly int _offset;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="parameters">Bias, offsets, multipliers and clamp, for accumulators of 64 bits.</param>
    internal NeonInt16Requantizer(RowParameters parameters)
        : base(parameters)
    {
        int period = Period(parameters.Rows);
        _multipliers = new int[period];
        _added = new long[period];
        _shifts = new long[period];
        for (int lane = 0; lane < period; lane++)
        {
            (long multiplier, _added[lane], long shift) = ScaleOf(lane, parameters);
            _multipliers[lane] = (int)multiplier;
            _shifts[lane] = -shift;
        }

        _offset = parameters.OutputOffset;
        _minimum = parameters.Minimum;
        _maximum = parameters.Maximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref short results = ref Unsafe.As<sbyte, short>(ref output);
        ref int multipliers = ref MemoryMarshal.GetArrayDataReference(_multipliers);
        ref long added = ref MemoryMarshal.GetArrayDataReference(_added);
        ref long shifts = ref MemoryMarshal.GetArrayDataReference(_shifts);
        Vector128<int> offset = Vector128.Create(_offset);
        Vector128<int> minimum = Vector128.Create(_minimum);
        Vector128<int> maximum = Vector128.Create(_maximum);
        nuint period = (nuint)_added.Length;
        nuint lane = 0;
        for (int left = vectors * Lanes; left > 0; left -= 4)
        {
            Vector128<int> values = Vector128.LoadUnsafe(ref sums);
            Vector128<int> multiplier = Vector128.LoadUnsafe(ref multipliers, lane);
            Vector128<long> lower = AdvSimd.MultiplyWideningLowerAndAdd(Vector128.LoadUnsafe(ref added, lane), values.GetLower(), multiplier.GetLower());
            Vector128<long> upper = AdvSimd.MultiplyWideningUpperAndAdd(Vector128.LoadUnsafe(ref added, lane + 2), values, multiplier);
            lower = AdvSimd.ShiftArithmetic(lower, Vector128.LoadUnsafe(ref shifts, lane));
            upper = AdvSimd.ShiftArithmetic(upper, Vector128.LoadUnsafe(ref shifts, lane + 2));
            Vector128<int> scaled = AdvSimd.ExtractNarrowingUpper(AdvSimd.ExtractNarrowingLower(lower), upper) + offset;
            scaled = AdvSimd.Min(AdvSimd.Max(scaled, minimum), maximum);
            AdvSimd.ExtractNarrowingLower(scaled).StoreUnsafe(ref results);
            sums = ref Unsafe.Add(ref sums, 4);
            results = ref Unsafe.Add(ref results, 4);
            lane = lane + 4 == period ? 0 : lane + 4;
        }
    }
}
