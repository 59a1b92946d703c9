using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Matrix product of each input row with the weights [outputs, columns], plus bias.</summary>
internal sealed class FullyConnectedKernel(KernelContext context, FullyConnected operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _weights = context.Input(1);
    private readonly int _bias = context.OptionalInput(2);
    private readonly int _output = context.Output();
    private readonly int _outputs = context.Node.Input(1).Shape[0];
    private readonly int _columns = context.Node.Input(1).Shape[1];

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> input = workspace[_input];
        ReadOnlySpan<float> weights = workspace[_weights];
        ReadOnlySpan<float> bias = _bias < 0 ? [] : workspace[_bias];
        Span<float> output = workspace[_output];
        for (int row = 0; row < input.Length / _columns; row++)
        {
            ReadOnlySpan<float> values = input.Slice(row * _columns, _columns);
            for (int i = 0; i < _outputs; i++)
            {
                output[(row * _outputs) + i] = TensorPrimitives.Dot(values, weights.Slice(i * _columns, _columns)) + (bias.IsEmpty ? 0 : bias[i]);
            }
        }

        Clamp.Run(operation.Activation, output);
    }
}
