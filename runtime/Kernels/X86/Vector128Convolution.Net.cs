using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Convolution for 128-bit vectors: four output pixels by eight output channels stay in registers while the elements of the window are multiplied.</summary>
/// <inheritdoc cref="PairConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class Vector128Convolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : PairConvolution(window, filter, parameters, requantizer, workspace, Block)
{
    /// <summary>Output channels of a block.</summary>
    private const int Block = 8;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateTile(
        ref short pixel, nint step, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum01;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum01;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum01;
        foreach (int chunk in chunks)
        {
            ref int pixel0 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk));
            ref int pixel1 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + step));
            ref int pixel2 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + (2 * step)));
            ref int pixel3 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + (3 * step)));
            for (nint pair = 0; pair < pairs; pair++)
            {
                (Vector128<short> weights0, Vector128<short> weights1) = Vector128.Widen(Vector128.LoadUnsafe(ref weights));
                weights = ref Unsafe.Add(ref weights, 2 * Block);
                Vector128<short> values = Vector128.Create(Unsafe.Add(ref pixel0, pair)).AsInt16();
                sum00 += Sse2.MultiplyAddAdjacent(values, weights0);
                sum01 += Sse2.MultiplyAddAdjacent(values, weights1);
                values = Vector128.Create(Unsafe.Add(ref pixel1, pair)).AsInt16();
                sum10 += Sse2.MultiplyAddAdjacent(values, weights0);
                sum11 += Sse2.MultiplyAddAdjacent(values, weights1);
                values = Vector128.Create(Unsafe.Add(ref pixel2, pair)).AsInt16();
                sum20 += Sse2.MultiplyAddAdjacent(values, weights0);
                sum21 += Sse2.MultiplyAddAdjacent(values, weights1);
                values = Vector128.Create(Unsafe.Add(ref pixel3, pair)).AsInt16();
                sum30 += Sse2.MultiplyAddAdjacent(values, weights0);
                sum31 += Sse2.MultiplyAddAdjacent(values, weights1);
            }
        }

        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 4);
        sum10.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
        sum11.StoreUnsafe(ref Unsafe.Add(ref sums, stride), 4);
        sum20.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
        sum21.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 4);
        sum30.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
        sum31.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulatePixel(ref short pixel, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> sum0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum1 = Vector128.LoadUnsafe(ref bias, 4);
        foreach (int chunk in chunks)
        {
            ref int first = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk));
            for (nint pair = 0; pair < pairs; pair++)
            {
                (Vector128<short> weights0, Vector128<short> weights1) = Vector128.Widen(Vector128.LoadUnsafe(ref weights));
                Vector128<short> values = Vector128.Create(Unsafe.Add(ref first, pair)).AsInt16();
                sum0 += Sse2.MultiplyAddAdjacent(values, weights0);
                sum1 += Sse2.MultiplyAddAdjacent(values, weights1);
                weights = ref Unsafe.Add(ref weights, 2 * Block);
            }
        }

        sum0.StoreUnsafe(ref sums);
        sum1.StoreUnsafe(ref sums, 4);
    }
}
