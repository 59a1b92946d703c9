using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>A convolution that holds weights in an order of its own. Others may share them and compute parts of its outputs at the same time.</summary>
internal abstract class PackedConvolution : ConvolutionKernel
{
    /// <summary>Its sizes, as it goes over them: data and outputs lie as the operator's do, but rows may be joined or turned.</summary>
    internal abstract Window Window { get; }

    /// <summary>The bytes of an element of data and outputs, 1 or 2.</summary>
    internal virtual int DataBytes => 1;

    /// <summary>The bytes of what never changes: weights, bias.</summary>
    internal abstract long WeightBytes { get; }

    /// <summary>The bytes of what it has for itself beside them, padded rows of the image most of all; accumulators lie in the workspace.</summary>
    internal abstract long ScratchBytes { get; }

    internal sealed override long HeldBytes => WeightBytes + ScratchBytes;

    internal sealed override void Run(TensorData input, TensorData output)
    {
        Run(input.Int8(), output.Int8());
    }

    /// <summary>Computes all outputs.</summary>
    /// <param name="input">The bytes of the data [batch, height, width, channels].</param>
    /// <param name="output">The bytes of the results [batch, height, width, channels].</param>
    internal abstract void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output);

    /// <summary>A convolution with the same weights and with scratch of its own.</summary>
    /// <param name="window">A part of <see cref="Window"/> (<see cref="WindowPart"/>): the same taps and channels, other images.</param>
    /// <param name="workspace">The workspace of the part.</param>
    internal abstract PackedConvolution Part(Window window, ConvolutionWorkspace workspace);
}
