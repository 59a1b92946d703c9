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

    /// <summary>The clamp cuts everything below the zero point, as after a rectifier.</summary>
    private readonly bool _isRectified;

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
        _isRectified = _minimum >= _offset;
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
        else if (_isRectified)
        {
            FinishRectified(ref sums, vectors, ref output);
        }
        else
        {
            FinishUnshifted(ref sums, vectors, ref output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Scale(Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts, bool rectified)
    {
        return rectified ? NeonArithmetic.ScaleRectified(values, multipliers, shifts) : NeonArithmetic.Scale(values, multipliers, shifts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishUnshifted(ref int sums, int vectors, ref sbyte output)
    {
        FinishVectors(ref sums, vectors, ref output, shiftLeft: false, rectified: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishRectified(ref int sums, int vectors, ref sbyte output)
    {
        FinishVectors(ref sums, vectors, ref output, shiftLeft: false, rectified: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishShifted(ref int sums, int vectors, ref sbyte output)
    {
        FinishVectors(ref sums, vectors, ref output, shiftLeft: true, rectified: false);
    }

    /// <summary>Finishes the vectors of one record after the other, because multipliers and shifts stay in registers then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FinishVectors(ref int sums, int vectors, ref sbyte output, bool shiftLeft, bool rectified)
    {
        ref int record = ref MemoryMarshal.GetArrayDataReference(_records);
        int period = _records.Length / RecordLength;
        nint step = period * Lanes;
        Vector128<short> offset = Vector128.Create(_offset);
        Vector128<sbyte> minimum = Vector128.Create(_minimum);
        Vector128<sbyte> maximum = Vector128.Create(_maximum);
        for (int left = vectors; left > Math.Max(vectors - period, 0); left--)
        {
            Vector128<int> multipliers0 = Vector128.LoadUnsafe(ref record);
            Vector128<int> multipliers1 = Vector128.LoadUnsafe(ref record, 4);
            Vector128<int> multipliers2 = Vector128.LoadUnsafe(ref record, 8);
            Vector128<int> multipliers3 = Vector128.LoadUnsafe(ref record, 12);
            Vector128<int> shifts0 = Vector128.LoadUnsafe(ref record, Shifts);
            Vector128<int> shifts1 = Vector128.LoadUnsafe(ref record, Shifts + 4);
            Vector128<int> shifts2 = Vector128.LoadUnsafe(ref record, Shifts + 8);
            Vector128<int> shifts3 = Vector128.LoadUnsafe(ref record, Shifts + 12);
            ref int from = ref sums;
            ref sbyte to = ref output;
            for (int rest = left; rest > 0; rest -= period)
            {
                Vector128<int> sums0 = Vector128.LoadUnsafe(ref from);
                Vector128<int> sums1 = Vector128.LoadUnsafe(ref from, 4);
                Vector128<int> sums2 = Vector128.LoadUnsafe(ref from, 8);
                Vector128<int> sums3 = Vector128.LoadUnsafe(ref from, 12);
                if (shiftLeft)
                {
                    sums0 = AdvSimd.ShiftLogical(sums0, Vector128.LoadUnsafe(ref record, LeftShifts));
                    sums1 = AdvSimd.ShiftLogical(sums1, Vector128.LoadUnsafe(ref record, LeftShifts + 4));
                    sums2 = AdvSimd.ShiftLogical(sums2, Vector128.LoadUnsafe(ref record, LeftShifts + 8));
                    sums3 = AdvSimd.ShiftLogical(sums3, Vector128.LoadUnsafe(ref record, LeftShifts + 12));
                }

                Vector128<short> lower = NeonArithmetic.Narrow(Scale(sums0, multipliers0, shifts0, rectified), Scale(sums1, multipliers1, shifts1, rectified));
                Vector128<short> upper = NeonArithmetic.Narrow(Scale(sums2, multipliers2, shifts2, rectified), Scale(sums3, multipliers3, shifts3, rectified));
                Vector128.Min(Vector128.Max(NeonArithmetic.Narrow(lower, upper, offset), minimum), maximum).StoreUnsafe(ref to);
                from = ref Unsafe.Add(ref from, step);
                to = ref Unsafe.Add(ref to, step);
            }

            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, RecordLength);
        }
    }
}
