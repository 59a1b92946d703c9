using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Finishes sixteen accumulators in two vectors of AVX2 where the clamp cuts everything below the zero point.</summary>
/// <param name="scales">Multipliers, addends, shifts and clamp.</param>
internal sealed class Avx2RectifiedRequantizer(RectifiedScales scales) : Requantizer(scales.Channels)
{
    private readonly RectifiedScales _scales = scales;

    internal override void Start(Span<int> bias)
    {
        _scales.AddStarts(bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref int first = ref _scales.Records.First;
        ref int end = ref Unsafe.Add(ref first, _scales.Records.Length);
        ref int record = ref first;
        Vector128<sbyte> minimum = Vector128.Create(_scales.Minimum);
        Vector128<sbyte> maximum = Vector128.Create(_scales.Maximum);
        for (; vectors > 0; vectors--)
        {
            Vector256<int> lower = Scale(ref sums, ref record);
            Vector256<int> upper = Scale(ref Unsafe.Add(ref sums, 8), ref Unsafe.Add(ref record, 8));
            Vector256<short> pairs = Avx2.Permute4x64(Avx2.PackSignedSaturate(lower, upper).AsInt64(), 0b11_01_10_00).AsInt16();
            Sse41.Min(Sse41.Max(Sse2.PackSignedSaturate(pairs.GetLower(), pairs.GetUpper()), minimum), maximum).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, RectifiedScales.RecordLength);
            if (Unsafe.AreSame(ref record, ref end))
            {
                record = ref first;
            }
        }
    }

    /// <summary>Odd lanes are read from memory a second time, one element further on, because that costs less than moving them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scale(ref int sums, ref int record)
    {
        Vector256<long> even = Avx2.Multiply(Vector256.LoadUnsafe(ref record, RectifiedScales.EvenMultipliers), Vector256.LoadUnsafe(ref sums));
        Vector256<long> odd = Avx2.Multiply(Vector256.LoadUnsafe(ref record, RectifiedScales.OddMultipliers), Vector256.LoadUnsafe(ref sums, 1));
        Vector256<int> high = Avx2.Blend((even >>> 32).AsInt32(), odd.AsInt32(), 0b10101010) + Vector256.LoadUnsafe(ref record, RectifiedScales.Addends);
        return Avx2.ShiftRightArithmeticVariable(high, Vector256.LoadUnsafe(ref record, RectifiedScales.Shifts).AsUInt32());
    }
}
