using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Finishes accumulators of known range, sixteen in four 128-bit vectors. They have no shift of each element by its own distance: it is a product with a
/// power of two, whose upper half is taken.
/// </summary>
internal sealed class Vector128BoundedRequantizer : Requantizer
{
    private const int EvenFactors = 0;
    private const int OddFactors = 16;
    private const int FactorsLength = 32;

    private readonly BoundedScales _scales;

    /// <summary>For each record of the scales 2^(31 - shift) of even, then of odd lanes, each in the lower half of 64 bits.</summary>
    private readonly int[] _factors;

    internal Vector128BoundedRequantizer(BoundedScales scales)
        : base(scales.Channels)
    {
        _scales = scales;
        _factors = new int[scales.Records.Length / BoundedScales.RecordLength * FactorsLength];
        for (int i = 0; i < _factors.Length; i++)
        {
            int record = i / FactorsLength * BoundedScales.RecordLength;
            int lane = i % Lanes;
            if (lane % 2 == 0)
            {
                int odd = i % FactorsLength / OddFactors;
                _factors[i] = 1 << (31 - Math.Max(scales.Records[record + BoundedScales.Shifts + lane + odd], 1));
            }
        }
    }

    internal static bool IsSupported => Sse41.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref int first = ref _scales.Records.First;
        ref int end = ref Unsafe.Add(ref first, _scales.Records.Length);
        ref int record = ref first;
        ref int factors = ref MemoryMarshal.GetArrayDataReference(_factors);
        Vector128<sbyte> minimum = Vector128.Create(_scales.Minimum);
        Vector128<sbyte> maximum = Vector128.Create(_scales.Maximum);
        for (; vectors > 0; vectors--)
        {
            Vector128<int> scaled0 = Scale(ref sums, ref record, ref factors);
            Vector128<int> scaled1 = Scale(ref Unsafe.Add(ref sums, 4), ref Unsafe.Add(ref record, 4), ref Unsafe.Add(ref factors, 4));
            Vector128<int> scaled2 = Scale(ref Unsafe.Add(ref sums, 8), ref Unsafe.Add(ref record, 8), ref Unsafe.Add(ref factors, 8));
            Vector128<int> scaled3 = Scale(ref Unsafe.Add(ref sums, 12), ref Unsafe.Add(ref record, 12), ref Unsafe.Add(ref factors, 12));
            Vector128<sbyte> bytes = Sse2.PackSignedSaturate(Sse2.PackSignedSaturate(scaled0, scaled1), Sse2.PackSignedSaturate(scaled2, scaled3));
            Sse41.Min(Sse41.Max(bytes, minimum), maximum).StoreUnsafe(ref output);
            sums = ref Unsafe.Add(ref sums, Lanes);
            output = ref Unsafe.Add(ref output, Lanes);
            record = ref Unsafe.Add(ref record, BoundedScales.RecordLength);
            factors = ref Unsafe.Add(ref factors, FactorsLength);
            if (Unsafe.AreSame(ref record, ref end))
            {
                record = ref first;
                factors = ref MemoryMarshal.GetArrayDataReference(_factors);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Scale(ref int sums, ref int record, ref int factors)
    {
        Vector128<int> values = Vector128.LoadUnsafe(ref sums);
        Vector128<int> signs = Sse2.ShiftRightArithmetic(values, 31);
        values += values;
        Vector128<long> even = Sse41.Multiply(values, Vector128.LoadUnsafe(ref record, BoundedScales.EvenMultipliers))
            + Vector128.LoadUnsafe(ref record, BoundedScales.EvenAddends).AsInt64();
        Vector128<long> odd = Sse41.Multiply(Sse2.Shuffle(values, 0b11_11_01_01), Vector128.LoadUnsafe(ref record, BoundedScales.OddMultipliers))
            + Vector128.LoadUnsafe(ref record, BoundedScales.OddAddends).AsInt64();
        Vector128<int> high = UpperHalves(even, odd) + signs;
        even = Sse41.Multiply(high, Vector128.LoadUnsafe(ref factors, EvenFactors));
        odd = Sse41.Multiply(Sse2.Shuffle(high, 0b11_11_01_01), Vector128.LoadUnsafe(ref factors, OddFactors));
        return UpperHalves(even + even, odd + odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> UpperHalves(Vector128<long> even, Vector128<long> odd)
    {
        return Sse41.Blend(Sse2.Shuffle(even.AsInt32(), 0b11_11_01_01).AsInt16(), odd.AsInt16(), 0b11_00_11_00).AsInt32();
    }
}
