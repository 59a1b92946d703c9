using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Matrix product of each input row with the weights [outputs, columns], plus bias.</summary>
internal sealed class FullyConnectedKernel : FloatKernel
{
    private readonly RightMatrix _matrix;
    private readonly Bounds _bounds;
    private readonly int _input;
    private readonly int _weights;
    private readonly int _bias;
    private readonly int _output;

    public FullyConnectedKernel(KernelContext context, FullyConnected operation)
    {
        int[] weights = context.Node.Input(1).Shape;
        _matrix = new RightMatrix(weights[1], weights[0], 1, weights[1]).With(context.Constant(1));
        _bounds = Bounds.Of(operation.Activation);
        (_input, _weights, _bias, _output) = (context.Input(0), context.Input(1), context.OptionalInput(2), context.Output());
    }

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> input = workspace[_input];
        ReadOnlySpan<float> bias = _bias < 0 ? [] : workspace[_bias];
        PanelMatrix matrix = _matrix.Packed(workspace[_weights], workspace.Scratch(_matrix.ScratchLength));
        MatrixProduct.Run(input, matrix.Depth, input.Length / matrix.Depth, matrix, bias, _bounds, workspace[_output], matrix.Columns);
    }
}
