using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A transposed convolution as an ordinary one for each phase, whose results then take their places in the output, as many strides from each other.
/// </summary>
internal sealed class TransposedKernel : ConvolutionKernel
{
    private readonly TransposedPhase[] _phases;
    private readonly sbyte[] _results;

    /// <param name="phases">The phases, each with its convolution.</param>
    internal TransposedKernel(TransposedPhase[] phases)
    {
        _phases = phases;
        _results = new sbyte[phases.Max(phase => phase.ResultBytes)];
    }

    internal override long HeldBytes => _results.Length + _phases.Sum(phase => phase.Kernel.HeldBytes);

    internal override void Run(TensorData input, TensorData output)
    {
        foreach (TransposedPhase phase in _phases)
        {
            phase.Kernel.Run(input, new TensorData(_results, 0, phase.ResultBytes));
            phase.Spread(_results, output.Int8());
        }
    }
}
