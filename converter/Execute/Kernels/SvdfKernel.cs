using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// Singular value decomposition filter: the state of each filter moves on by one inference and takes in the product of data and feature
/// weights; its product with the time weights is added up over the filters of a unit.
/// </summary>
internal sealed class SvdfKernel : FloatKernel
{
    private readonly RightMatrix _features;
    private readonly Grid? _grid;
    private readonly int _data;
    private readonly int _featureWeights;
    private readonly int _timeWeights;
    private readonly int _bias;
    private readonly int _state;
    private readonly int _output;
    private readonly Activation _activation;
    private readonly int _rank;
    private readonly int _batches;
    private readonly int _filters;
    private readonly int _memory;

    public SvdfKernel(KernelContext context, Svdf operation)
    {
        int[] features = context.Node.Input(Svdf.FeatureWeights).Shape;
        _features = new RightMatrix(features[1], features[0], 1, features[1]).With(context.Constant(Svdf.FeatureWeights));
        _grid = Grid.Of(context.Node.Input(Svdf.State));
        (_data, _featureWeights, _timeWeights) = (context.Input(Svdf.Data), context.Input(Svdf.FeatureWeights), context.Input(Svdf.TimeWeights));
        (_bias, _state, _output) = (context.OptionalInput(Svdf.Bias), context.Input(Svdf.State), context.Output());
        (_rank, _activation) = (operation.Rank, operation.Activation);
        (_batches, _filters, _memory) = (context.Node.Input(Svdf.Data).Shape[0], features[0], context.Node.Input(Svdf.TimeWeights).Shape[1]);
    }

    public override void Run(FloatWorkspace workspace)
    {
        Span<float> scratch = workspace.Scratch((_batches * _filters) + _features.ScratchLength);
        Span<float> products = scratch[..(_batches * _filters)];
        PanelMatrix features = _features.Packed(workspace[_featureWeights], scratch[products.Length..]);
        MatrixProduct.Run(workspace[_data], features.Depth, _batches, features, [], Bounds.Of(Activation.None), products, _filters);
        float[] state = workspace[_state];
        Array.Copy(state, 1, state, 0, state.Length - 1);
        for (int filter = 0; filter < products.Length; filter++)
        {
            state[((filter + 1) * _memory) - 1] = products[filter];
        }

        _grid?.Round(state);
        Span<float> output = workspace[_output];
        int units = _filters / _rank;
        for (int i = 0; i < output.Length; i++)
        {
            float sum = _bias < 0 ? 0 : workspace[_bias][i % units];
            for (int filter = i % units * _rank; filter < ((i % units) + 1) * _rank; filter++)
            {
                ReadOnlySpan<float> memory = state.AsSpan(((i / units * _filters) + filter) * _memory, _memory);
                sum += TensorPrimitives.Dot(memory, workspace[_timeWeights].AsSpan(filter * _memory, _memory));
            }

            output[i] = sum;
        }

        Clamp.Run(_activation, output);
    }
}
