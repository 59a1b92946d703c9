using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Kernels for x86-64 without AVX2: vectors of 128 bits, as SSE 4.1 has them.</summary>
internal sealed class Vector128Kernels : X86Kernels
{
    internal static bool IsSupported => Vector128.IsHardwareAccelerated && Vector128BoundedRequantizer.IsSupported;

    internal override string Name => "vector128";

    internal override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return new Vector128MatrixKernel(shape);
    }

    protected override PackedConvolution Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new Vector128Convolution(window, filter, parameters, requantizer);
    }

    protected override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return nibbles.HoldFourProducts ? new Vector128NibbleProduct(weights, nibbles, parameters, requantizer) : null;
    }

    protected override PackedConvolution DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new Vector128DepthwiseConvolution(window, filter, parameters, requantizer);
    }

    protected override PackedConvolution Int16Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new Vector128Convolution(window, filter, parameters, requantizer);
    }

    protected override PackedConvolution Int16DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new Vector128DepthwiseConvolution(window, filter, parameters, requantizer);
    }

    protected override Requantizer BoundedRequantizer(BoundedScales scales)
    {
        return new Vector128BoundedRequantizer(scales);
    }

    protected override Requantizer UnboundedRequantizer(RowParameters parameters)
    {
        return new PlainRequantizer(parameters);
    }
}
