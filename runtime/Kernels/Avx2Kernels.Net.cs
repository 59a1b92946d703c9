using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Kernels for x86-64 with AVX2.</summary>
internal sealed class Avx2Kernels : ScalarKernels
{
    internal static bool IsSupported => Avx2.IsSupported;

    internal override string Name => "avx2";

    internal override ConvolutionKernel? Convolution(ConvolutionShape shape, ReadOnlySpan<sbyte> filter, RowParameters parameters)
    {
        return shape.Groups == 1 && parameters.WeightOffset == 0 ? new Avx2Convolution(shape, filter, parameters) : null;
    }
}
