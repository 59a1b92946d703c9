using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Converter.Report;

/// <summary>
/// Measures how many 8-bit multiply-accumulate operations one core of this machine can do: the best instruction that .NET has for it, or for plain C#, in
/// the inner loop of a matrix product whose operands lie in the first-level cache and whose sums stay in registers. Kernels are measured against it.
/// </summary>
internal static class PeakMeasurement
{
    /// <summary>Steps of the inner loop: 64 of 96 bytes of weights are 6 KiB.</summary>
    private const int Steps = 64;
    private const int WeightBytes = 96;
    private const int DataBytes = 16;
    private const int Calls = 200;

    /// <summary>How often a call goes through the operands where that takes so few cycles that the call would count.</summary>
    private const int Passes = 16;
    private const double Seconds = 0.1;

    /// <summary>One pass over the operands; the sums make sure that it is not optimized away.</summary>
    private delegate int Loop(ref byte data, ref byte weights);

    /// <summary>Measures for a tenth of a second, because processors raise their clock only after a while.</summary>
    /// <param name="kernels">The kernels to be measured: those in plain C# have no vector instructions.</param>
    /// <returns>The fastest of many rounds.</returns>
    public static PeakReport Run(KernelSet kernels)
    {
        (string instruction, int macsPerStep, Loop loop) = kernels is ScalarKernels or not PackingKernels ? ChooseScalar() : ChooseVector();
        byte[] data = new byte[Steps * DataBytes];
        byte[] weights = new byte[Steps * WeightBytes];
        long fastest = long.MaxValue;
        int sum = 0;
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds;)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < Calls; call++)
            {
                sum += loop(ref MemoryMarshal.GetArrayDataReference(data), ref MemoryMarshal.GetArrayDataReference(weights));
            }

            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - start);
        }

        double macs = (double)Calls * Steps * macsPerStep;
        return new PeakReport(instruction, sum == 0 ? macs * Stopwatch.Frequency / fastest : 0);
    }

    private static (string Instruction, int MacsPerStep, Loop Loop) ChooseVector()
    {
        if (AvxVnni.IsSupported)
        {
            return ("AVX-VNNI vpdpbusd, 256 bits", 4 * 3 * 32, DotProducts256);
        }

        if (Avx2.IsSupported)
        {
            return ("AVX2 vpmaddwd, 256 bits", 4 * 2 * 16, WideProducts256);
        }

        return Dp.IsSupported ? ("Arm sdot, 128 bits", 4 * 4 * 16, DotProducts128) : ChooseScalar();
    }

    private static (string Instruction, int MacsPerStep, Loop Loop) ChooseScalar()
    {
        return nint.Size == sizeof(long) ? ("plain C#, three products in 64 bits", Passes * 4 * 3, LaneProducts) : ("plain C#", 4 * 4, Products);
    }

    /// <summary>4 pixels by 24 channels, four elements of the window a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DotProducts256(ref byte data, ref byte weights)
    {
        Vector256<int> sum00 = default, sum01 = default, sum02 = default;
        Vector256<int> sum10 = default, sum11 = default, sum12 = default;
        Vector256<int> sum20 = default, sum21 = default, sum22 = default;
        Vector256<int> sum30 = default, sum31 = default, sum32 = default;
        for (nint step = 0; step < Steps; step++)
        {
            Vector256<sbyte> weights0 = Vector256.LoadUnsafe(ref weights, (nuint)(step * WeightBytes)).AsSByte();
            Vector256<sbyte> weights1 = Vector256.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 32)).AsSByte();
            Vector256<sbyte> weights2 = Vector256.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 64)).AsSByte();
            ref int pixels = ref Unsafe.As<byte, int>(ref Unsafe.Add(ref data, step * DataBytes));
            Vector256<byte> values = Vector256.Create(pixels).AsByte();
            sum00 = AvxVnni.MultiplyWideningAndAdd(sum00, values, weights0);
            sum01 = AvxVnni.MultiplyWideningAndAdd(sum01, values, weights1);
            sum02 = AvxVnni.MultiplyWideningAndAdd(sum02, values, weights2);
            values = Vector256.Create(Unsafe.Add(ref pixels, 1)).AsByte();
            sum10 = AvxVnni.MultiplyWideningAndAdd(sum10, values, weights0);
            sum11 = AvxVnni.MultiplyWideningAndAdd(sum11, values, weights1);
            sum12 = AvxVnni.MultiplyWideningAndAdd(sum12, values, weights2);
            values = Vector256.Create(Unsafe.Add(ref pixels, 2)).AsByte();
            sum20 = AvxVnni.MultiplyWideningAndAdd(sum20, values, weights0);
            sum21 = AvxVnni.MultiplyWideningAndAdd(sum21, values, weights1);
            sum22 = AvxVnni.MultiplyWideningAndAdd(sum22, values, weights2);
            values = Vector256.Create(Unsafe.Add(ref pixels, 3)).AsByte();
            sum30 = AvxVnni.MultiplyWideningAndAdd(sum30, values, weights0);
            sum31 = AvxVnni.MultiplyWideningAndAdd(sum31, values, weights1);
            sum32 = AvxVnni.MultiplyWideningAndAdd(sum32, values, weights2);
        }

        return Vector256.Sum(sum00 + sum01 + sum02 + sum10 + sum11 + sum12 + sum20 + sum21 + sum22 + sum30 + sum31 + sum32);
    }

    /// <summary>4 pixels by 16 channels of 16-bit elements, two of the window a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WideProducts256(ref byte data, ref byte weights)
    {
        Vector256<int> sum00 = default, sum01 = default;
        Vector256<int> sum10 = default, sum11 = default;
        Vector256<int> sum20 = default, sum21 = default;
        Vector256<int> sum30 = default, sum31 = default;
        for (nint step = 0; step < Steps; step++)
        {
            Vector256<short> weights0 = Vector256.LoadUnsafe(ref weights, (nuint)(step * WeightBytes)).AsInt16();
            Vector256<short> weights1 = Vector256.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 32)).AsInt16();
            ref int pixels = ref Unsafe.As<byte, int>(ref Unsafe.Add(ref data, step * DataBytes));
            Vector256<short> values = Vector256.Create(pixels).AsInt16();
            sum00 += Avx2.MultiplyAddAdjacent(values, weights0);
            sum01 += Avx2.MultiplyAddAdjacent(values, weights1);
            values = Vector256.Create(Unsafe.Add(ref pixels, 1)).AsInt16();
            sum10 += Avx2.MultiplyAddAdjacent(values, weights0);
            sum11 += Avx2.MultiplyAddAdjacent(values, weights1);
            values = Vector256.Create(Unsafe.Add(ref pixels, 2)).AsInt16();
            sum20 += Avx2.MultiplyAddAdjacent(values, weights0);
            sum21 += Avx2.MultiplyAddAdjacent(values, weights1);
            values = Vector256.Create(Unsafe.Add(ref pixels, 3)).AsInt16();
            sum30 += Avx2.MultiplyAddAdjacent(values, weights0);
            sum31 += Avx2.MultiplyAddAdjacent(values, weights1);
        }

        return Vector256.Sum(sum00 + sum01 + sum10 + sum11 + sum20 + sum21 + sum30 + sum31);
    }

    /// <summary>4 pixels by 16 channels, four elements of the window a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DotProducts128(ref byte data, ref byte weights)
    {
        Vector128<int> sum00 = default, sum01 = default, sum02 = default, sum03 = default;
        Vector128<int> sum10 = default, sum11 = default, sum12 = default, sum13 = default;
        Vector128<int> sum20 = default, sum21 = default, sum22 = default, sum23 = default;
        Vector128<int> sum30 = default, sum31 = default, sum32 = default, sum33 = default;
        for (nint step = 0; step < Steps; step++)
        {
            Vector128<sbyte> values = Vector128.LoadUnsafe(ref data, (nuint)(step * DataBytes)).AsSByte();
            Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights, (nuint)(step * WeightBytes)).AsSByte();
            Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 16)).AsSByte();
            Vector128<sbyte> weights2 = Vector128.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 32)).AsSByte();
            Vector128<sbyte> weights3 = Vector128.LoadUnsafe(ref weights, (nuint)((step * WeightBytes) + 48)).AsSByte();
            sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values, 0);
            sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values, 0);
            sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights2, values, 0);
            sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights3, values, 0);
            sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values, 1);
            sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values, 1);
            sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights2, values, 1);
            sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights3, values, 1);
            sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values, 2);
            sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values, 2);
            sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights2, values, 2);
            sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights3, values, 2);
            sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values, 3);
            sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values, 3);
            sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights2, values, 3);
            sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights3, values, 3);
        }

        Vector128<int> sum = sum00 + sum01 + sum02 + sum03 + sum10 + sum11 + sum12 + sum13;
        return Vector128.Sum(sum + sum20 + sum21 + sum22 + sum23 + sum30 + sum31 + sum32 + sum33);
    }

    /// <summary>3 pixels, in lanes of 64 bits, by 4 channels, one element of the window a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LaneProducts(ref byte data, ref byte weights)
    {
        long sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (nuint next = 0; next < Passes * Steps; next++)
        {
            nint step = (nint)(next % Steps);
            long pixels = Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref data, step * DataBytes));
            ref sbyte channels = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref weights, step * WeightBytes));
            sum0 += pixels * channels;
            sum1 += pixels * Unsafe.Add(ref channels, 1);
            sum2 += pixels * Unsafe.Add(ref channels, 2);
            sum3 += pixels * Unsafe.Add(ref channels, 3);
        }

        return (int)(sum0 + sum1 + sum2 + sum3);
    }

    /// <summary>4 pixels by 4 channels, one element of the window a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Products(ref byte data, ref byte weights)
    {
        int sum = 0;
        for (nint step = 0; step < Steps; step++)
        {
            ref byte channels = ref Unsafe.Add(ref weights, step * WeightBytes);
            int channel0 = channels, channel1 = Unsafe.Add(ref channels, 1), channel2 = Unsafe.Add(ref channels, 2), channel3 = Unsafe.Add(ref channels, 3);
            for (nint pixel = 0; pixel < 4; pixel++)
            {
                int value = Unsafe.Add(ref data, (step * DataBytes) + pixel);
                sum += (value * channel0) + (value * channel1) + (value * channel2) + (value * channel3);
            }
        }

        return sum;
    }
}
