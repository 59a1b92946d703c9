using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>A convolution that holds weights in an order of its own. Others may share them and compute parts of its outputs at the same time.</summary>
internal abstract class PackedConvolution : ConvolutionKernel
{
    /// <summary>Its sizes, as it goes over them: data and outputs lie as the operator's do, but rows may be joined or turned.</summary>
    internal abstract Window Window { get; }

    /// <summary>The bytes of what never changes: weights, bias.</summary>
    internal abstract long WeightBytes { get; }

    /// <summary>The bytes of what a run writes: rows of the image, accumulators.</summary>
    internal abstract long ScratchBytes { get; }

    internal sealed override long HeldBytes => WeightBytes + ScratchBytes;

    /// <summary>A convolution with the same weights and with scratch of its own.</summary>
    /// <param name="window">A part of <see cref="Window"/> (<see cref="WindowPart"/>): the same taps and channels, other images.</param>
    internal abstract PackedConvolution Part(Window window);
}
