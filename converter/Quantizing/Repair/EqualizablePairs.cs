using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>Finds the pairs of products whose weights can be equalized.</summary>
/// <param name="graph">The float network.</param>
/// <param name="seen">What values a tensor takes on samples; null if nothing is known.</param>
internal sealed class EqualizablePairs(NetworkGraph graph, Func<Tensor, TensorStatistics>? seen)
{
    private const float Limit = 6;

    private readonly ILookup<Tensor, Node> _consumers = graph.Nodes.Concat(graph.HostAfter)
        .SelectMany(node => node.Inputs.OfType<Tensor>().Select(input => (Tensor: input, Node: node)))
        .ToLookup(pair => pair.Tensor, pair => pair.Node);

    /// <summary>All pairs, in the order of the network.</summary>
    public IReadOnlyList<EqualizablePair> Find()
    {
        return [.. graph.Nodes.Select(ProductWeights.Of).OfType<ProductWeights>().Select(Pair).OfType<EqualizablePair>()];
    }

    private EqualizablePair? Pair(ProductWeights first)
    {
        List<Node> limited = [];
        if (!CanChange(first) || !Passes(first.Activation, first.Node, limited))
        {
            return null;
        }

        Tensor between = first.Node.Output();
        List<Tensor> passed = [between];
        while (!graph.Outputs.Contains(between) && !between.IsState && _consumers[between].ToArray() is [Node next])
        {
            if (ProductWeights.Of(next) is ProductWeights second && next.Input(0) == between)
            {
                return CanChange(second) && Fits(second, between, first.Outputs) ? new EqualizablePair(first, second, first.Outputs, passed, limited) : null;
            }

            if (!PassesFactors(next, between, first.Outputs, limited))
            {
                return null;
            }

            between = next.Output();
            passed.Add(between);
        }

        return null;
    }

    /// <summary>True if no other operator shares weights and bias, and they are real numbers.</summary>
    private bool CanChange(ProductWeights product)
    {
        return IsOwn(product.Tensor) && (product.Node.OptionalInput(ProductWeights.BiasInput) is not Tensor bias || (bias.IsConstant && IsOwn(bias)));
    }

    private bool IsOwn(Tensor constant)
    {
        return constant.Type == DataType.Float32 && _consumers[constant].Take(2).Count() == 1;
    }

    private static bool Fits(ProductWeights second, Tensor data, int channels)
    {
        return second.Node.Operation is FullyConnected ? second.DataChannels % channels == 0 : data.Shape[^1] == channels;
    }

    /// <summary>True if f(factor x) = factor f(x) for positive factors of channels, and channels stay where they are.</summary>
    private bool PassesFactors(Node node, Tensor data, int channels, List<Node> limited)
    {
        if (node.Outputs.Length != 1 || node.Input(0) != data)
        {
            return false;
        }

        return node.Operation switch
        {
            LeakyRelu or PRelu or Copy => true,
            Reshape => true,
            Unary { Function: UnaryFunction.Relu } => true,
            Unary { Function: UnaryFunction.Relu6 } => Passes(Activation.Relu6, node, limited),
            Pool2D pool => data.Shape[^1] == channels && Passes(pool.Activation, node, limited),
            ResizeBilinear or ResizeNearestNeighbor => data.Shape[^1] == channels,
            Reduce { Function: ReduceFunction.Mean or ReduceFunction.Sum or ReduceFunction.Maximum or ReduceFunction.Minimum } => KeepsChannels(node, data, channels),
            Pad => KeepsChannels(node, data) && (node.OptionalInput(2) is not Tensor value || IsZero(value)),
            MirrorPad => KeepsChannels(node, data),
            _ => false,
        };
    }

    private bool Passes(Activation activation, Node node, List<Node> limited)
    {
        if (activation == Activation.Relu6 && seen is not null && MinMaxRange.Of(seen(node.Output())).Maximum < Limit)
        {
            limited.Add(node);
            return true;
        }

        return activation is Activation.None or Activation.Relu;
    }

    private static bool KeepsChannels(Node node, Tensor data, int channels)
    {
        return data.Shape[^1] == channels
            && ConstantReader.ConstantInts(node.Input(1)) is int[] axes
            && !Array.Exists(axes, axis => AxisIndex.FromFront(axis, data.Rank) == data.Rank - 1);
    }

    /// <summary>True if a frame leaves the last axis alone.</summary>
    private static bool KeepsChannels(Node node, Tensor data)
    {
        return node.Output().Shape[^1] == data.Shape[^1];
    }

    private static bool IsZero(Tensor value)
    {
        return value.IsConstant && ConstantValues.Of(value) is [0];
    }
}
