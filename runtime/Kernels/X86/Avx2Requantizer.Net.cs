using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Finishes accumulators with AVX2 whatever their range, multipliers and shifts.</summary>
/// <param name="parameters">Offsets, multipliers and clamp.</param>
internal sealed class Avx2Requantizer(RowParameters parameters) : Requantizer(parameters.Rows)
{
    private readonly ChannelScales _scales = new(parameters, Period(parameters.Rows));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        Avx2Requantization scales = new(_scales);
        int period = _scales.Multipliers.Length;
        int lane = 0;
        for (; vectors > 0; vectors--)
        {
            scales.Finish(Vector256.LoadUnsafe(ref sums), Vector256.LoadUnsafe(ref sums, 8), (nuint)lane).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            lane = lane + Lanes == period ? 0 : lane + Lanes;
        }
    }
}
