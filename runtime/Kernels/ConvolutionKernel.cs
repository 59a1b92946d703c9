using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A 2-D convolution of data of 8 or 16 bits with constant weights, prepared when the network is loaded in the way that suits the machine.
/// </summary>
internal abstract class ConvolutionKernel
{
    /// <summary>The bytes that it holds beside the file and the arena: weights in another order, rows of the image, accumulators.</summary>
    internal abstract long HeldBytes { get; }

    /// <summary>Computes all outputs.</summary>
    /// <param name="input">The data [batch, height, width, channels].</param>
    /// <param name="output">The results [batch, height, width, channels]; shares no byte with the input.</param>
    internal abstract void Run(TensorData input, TensorData output);
}
