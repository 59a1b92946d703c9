using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Finishes sixteen accumulators at once, with AVX-512, where the clamp cuts everything below the zero point.</summary>
/// <param name="scales">Multipliers, addends, shifts and clamp.</param>
internal sealed class Avx512RectifiedRequantizer(RectifiedScales scales) : Requantizer(scales.Channels)
{
    private readonly RectifiedScales _scales = scales;

    internal override void Start(Span<int> bias)
    {
        _scales.AddStarts(bias);
    }

    /// <inheritdoc/>
    /// <remarks>Odd lanes are read from memory a second time, one element further on, because that costs less than moving them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref int first = ref _scales.Records.First;
        ref int end = ref Unsafe.Add(ref first, _scales.Records.Length);
        ref int record = ref first;
        Vector128<sbyte> minimum = Vector128.Create(_scales.Minimum);
        Vector128<sbyte> maximum = Vector128.Create(_scales.Maximum);
        Vector512<int> upperHalves = Vector512.Create(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
        for (; vectors > 0; vectors--)
        {
            Vector512<long> even = Avx512F.Multiply(Vector512.LoadUnsafe(ref record, RectifiedScales.EvenMultipliers), Vector512.LoadUnsafe(ref sums));
            Vector512<long> odd = Avx512F.Multiply(Vector512.LoadUnsafe(ref record, RectifiedScales.OddMultipliers), Vector512.LoadUnsafe(ref sums, 1));
            Vector512<int> high = Avx512F.PermuteVar16x32x2(even.AsInt32(), upperHalves, odd.AsInt32());
            high += Vector512.LoadUnsafe(ref record, RectifiedScales.Addends);
            Vector512<int> scaled = Avx512F.ShiftRightArithmeticVariable(high, Vector512.LoadUnsafe(ref record, RectifiedScales.Shifts).AsUInt32());
            Sse41.Min(Sse41.Max(Avx512F.ConvertToVector128SByteWithSaturation(scaled), minimum), maximum).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, RectifiedScales.RecordLength);
            if (Unsafe.AreSame(ref record, ref end))
            {
                record = ref first;
            }
        }
    }
}
