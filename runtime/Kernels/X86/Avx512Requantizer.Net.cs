using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Finishes sixteen accumulators of known range at once, with AVX-512.</summary>
/// <param name="scales">Multipliers, shifts and clamp.</param>
internal sealed class Avx512Requantizer(BoundedScales scales) : Requantizer(scales.Channels)
{
    private readonly BoundedScales _scales = scales;

    internal static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref int first = ref _scales.Records.First;
        ref int end = ref Unsafe.Add(ref first, _scales.Records.Length);
        ref int record = ref first;
        Vector128<sbyte> minimum = Vector128.Create(_scales.Minimum);
        Vector128<sbyte> maximum = Vector128.Create(_scales.Maximum);
        Vector512<int> upper = Vector512.Create(unchecked((long)0xFFFFFFFF_00000000)).AsInt32();
        for (; vectors > 0; vectors--)
        {
            Vector512<int> values = Vector512.LoadUnsafe(ref sums);
            Vector512<int> signs = Avx512F.ShiftRightArithmetic(values, 31);
            values += values;
            Vector512<long> even = Avx512F.Multiply(values, Vector512.LoadUnsafe(ref record, BoundedScales.EvenMultipliers))
                + Vector512.LoadUnsafe(ref record, BoundedScales.EvenAddends).AsInt64();
            Vector512<long> odd = Avx512F.Multiply(Avx512F.Shuffle(values, 0b11_11_01_01), Vector512.LoadUnsafe(ref record, BoundedScales.OddMultipliers))
                + Vector512.LoadUnsafe(ref record, BoundedScales.OddAddends).AsInt64();
            Vector512<int> high = Vector512.ConditionalSelect(upper, odd.AsInt32(), Avx512F.Shuffle(even.AsInt32(), 0b11_11_01_01)) + signs;
            Vector512<int> scaled = Avx512F.ShiftRightArithmeticVariable(high, Vector512.LoadUnsafe(ref record, BoundedScales.Shifts).AsUInt32());
            Sse41.Min(Sse41.Max(Avx512F.ConvertToVector128SByteWithSaturation(scaled), minimum), maximum).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, BoundedScales.RecordLength);
            if (Unsafe.AreSame(ref record, ref end))
            {
                record = ref first;
            }
        }
    }
}
