using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Finishes accumulators with NEON, sixteen at once.</summary>
internal sealed class NeonRequantizer : Requantizer
{
    /// <summary>Where in a record the shifts lie, 0 or negative; behind them those to the left, 0 or positive.</summary>
    private const int Shifts = Lanes;

    private const int LeftShifts = 2 * Lanes;
    private const int RecordLength = 3 * Lanes;

    private readonly short _offset;
    private readonly sbyte _minimum;
    private readonly sbyte _maximum;

    /// <summary>A record for each vector of a period: multipliers, shifts, shifts to the left.</summary>
    private readonly int[] _records;
    private readonly bool _shiftsLeft;

    /// <param name="parameters">Offsets, multipliers and clamp.</param>
    internal NeonRequantizer(RowParameters parameters)
        : base(parameters.Rows)
    {
        ChannelScales scales = new(parameters, Period(parameters.Rows));
        int vectors = scales.Multipliers.Length / Lanes;
        _offset = (short)scales.OutputOffset;
        _minimum = (sbyte)scales.Minimum;
        _maximum = (sbyte)scales.Maximum;
        _records = new int[vectors * RecordLength];
        _shiftsLeft = Array.Exists(scales.LeftShifts, shift => shift > 0);
        for (int lane = 0; lane < scales.Multipliers.Length; lane++)
        {
            int at = (lane / Lanes * RecordLength) + (lane % Lanes);
            _records[at] = scales.Multipliers[lane];
            _records[at + Shifts] = -scales.RightShifts[lane];
            _records[at + LeftShifts] = scales.LeftShifts[lane];
        }
    }

    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        if (_shiftsLeft)
        {
            FinishShifted(ref sums, vectors, ref output);
        }
        else
        {
            FinishUnshifted(ref sums, vectors, ref output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Scale(ref int sums, ref int record, nuint lane, bool shiftLeft)
    {
        Vector128<int> values = Vector128.LoadUnsafe(ref sums, lane);
        values = shiftLeft ? AdvSimd.ShiftLogical(values, Vector128.LoadUnsafe(ref record, lane + LeftShifts)) : values;
        return NeonArithmetic.Scale(values, Vector128.LoadUnsafe(ref record, lane), Vector128.LoadUnsafe(ref record, lane + Shifts));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishUnshifted(ref int sums, int vectors, ref sbyte output)
    {
        FinishVectors(ref sums, vectors, ref output, shiftLeft: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishShifted(ref int sums, int vectors, ref sbyte output)
    {
        FinishVectors(ref sums, vectors, ref output, shiftLeft: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishVectors(ref int sums, int vectors, ref sbyte output, bool shiftLeft)
    {
        ref int first = ref MemoryMarshal.GetArrayDataReference(_records);
        ref int end = ref Unsafe.Add(ref first, _records.Length);
        ref int record = ref first;
        Vector128<short> offset = Vector128.Create(_offset);
        Vector128<sbyte> minimum = Vector128.Create(_minimum);
        Vector128<sbyte> maximum = Vector128.Create(_maximum);
        for (; vectors > 0; vectors--)
        {
            Vector128<short> lower = NeonArithmetic.Narrow(Scale(ref sums, ref record, 0, shiftLeft), Scale(ref sums, ref record, 4, shiftLeft));
            Vector128<short> upper = NeonArithmetic.Narrow(Scale(ref sums, ref record, 8, shiftLeft), Scale(ref sums, ref record, 12, shiftLeft));
            Vector128.Min(Vector128.Max(NeonArithmetic.Narrow(lower, upper, offset), minimum), maximum).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, RecordLength);
            if (Unsafe.AreSame(ref record, ref end))
            {
                record = ref first;
            }
        }
    }
}
