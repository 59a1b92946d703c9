using EdgeQuant.Converter.Host.Kernels;

namespace EdgeQuant.Converter.Host;

/// <summary>
/// Executes a host's steps on tensors in memory, with single-precision arithmetic equal to TensorFlow Lite Micro's. All memory is allocated
/// by the constructor.
/// </summary>
/// <param name="tensors">Tensors that have been checked; steps name them by position.</param>
internal sealed class HostExecutor(IReadOnlyList<HostTensor> tensors)
{
    private readonly byte[][] _values = [.. tensors.Select(tensor => tensor.Data ?? new byte[tensor.ByteLength])];

    /// <summary>The bytes of a tensor, to be written if it is no constant.</summary>
    public Span<byte> this[int tensor] => _values[tensor];

    /// <summary>Executes steps that <see cref="HostStepCheck"/> has nothing against, in their order.</summary>
    public void Run(HostStep[] steps)
    {
        foreach (HostStep step in steps)
        {
            Run(step);
        }
    }

    private void Run(HostStep step)
    {
        HostTensor source = tensors[step.Inputs[0]];
        HostTensor target = tensors[step.Outputs[0]];
        byte[] input = _values[step.Inputs[0]];
        byte[] output = _values[step.Outputs[0]];
        switch (step.Operation)
        {
            case HostOperation.Quantize: QuantizeKernel.Run(input, target, output); break;
            case HostOperation.Dequantize: DequantizeKernel.Run(input, source, output); break;
            case HostOperation.QuantizeDynamic: QuantizeDynamicKernel.Run(input, output, _values[step.Outputs[1]]); break;
            case HostOperation.DequantizeDynamic: DequantizeDynamicKernel.Run(input, _values[step.Inputs[1]], output); break;
            case HostOperation.Cast: CastKernel.Run(input, source.Type, output, target.Type); break;
            case HostOperation.Reshape: input.CopyTo(output, 0); break;
            case HostOperation.Softmax: SoftmaxKernel.Softmax(input, output, source.Shape[^1], step.Beta!.Value); break;
            case HostOperation.LogSoftmax: SoftmaxKernel.LogSoftmax(input, output, source.Shape[^1]); break;
            case var operation when operation.IsUnary(): UnaryKernel.Run(step, input, output); break;
            case var operation when operation.IsBinary(): BinaryKernel.Run(step, source, input, tensors[step.Inputs[1]], _values[step.Inputs[1]], target, output); break;
            default: throw new InvalidOperationException($"The host has no operation {step.Operation}.");
        }
    }
}
