using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Kernels for Arm64 with dot products (FEAT_DotProd), as a Raspberry Pi 5 has them and a Raspberry Pi 4 has not.</summary>
internal sealed class DotProductKernels : NeonKernels
{
    internal static new bool IsSupported => Dp.IsSupported && NeonKernels.IsSupported;

    internal override string Name => "dotprod";

    protected override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new DotProductConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return new DotProductNibbleProduct(weights, nibbles, parameters, requantizer);
    }

    protected override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new DotProductDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    /// <inheritdoc/>
    /// <remarks>The products of bytes as they are, and what the offsets add to them: sums of the bytes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int MultiplyVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, ref int sum)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..input.Length]);
        Vector128<sbyte> ones = Vector128<sbyte>.One;
        Vector128<int> products = Vector128<int>.Zero;
        Vector128<int> valueSums = Vector128<int>.Zero;
        Vector128<int> factorSums = Vector128<int>.Zero;
        int k = 0;
        for (; k <= input.Length - Vector128<sbyte>.Count; k += Vector128<sbyte>.Count)
        {
            Vector128<sbyte> value = Vector128.LoadUnsafe(ref values, (nuint)k);
            Vector128<sbyte> factor = Vector128.LoadUnsafe(ref factors, (nuint)k);
            products = Dp.DotProduct(products, value, factor);
            valueSums = Dp.DotProduct(valueSums, value, ones);
            factorSums = Dp.DotProduct(factorSums, factor, ones);
        }

        sum += Vector128.Sum(products + (valueSums * weightOffset) + (factorSums * inputOffset)) + (k * inputOffset * weightOffset);
        return k;
    }
}
