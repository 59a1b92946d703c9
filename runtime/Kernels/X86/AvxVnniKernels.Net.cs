using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Kernels for x86-64 with AVX-VNNI, which multiplies bytes.</summary>
internal class AvxVnniKernels : Avx2Kernels
{
    internal static new bool IsSupported => AvxVnni.IsSupported && Avx2Kernels.IsSupported;

    internal override string Name => "avxvnni";

    protected sealed override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new AvxVnniConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return nibbles.AreInt4 && weights.Length / parameters.Rows <= AvxVnniInt4Product.MostColumns
            ? new AvxVnniInt4Product(weights, nibbles, parameters, requantizer)
            : new AvxVnniNibbleProduct(weights, nibbles, parameters, requantizer);
    }

    protected sealed override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new AvxVnniDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }
}
