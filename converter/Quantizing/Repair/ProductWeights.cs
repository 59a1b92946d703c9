using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Which channels the constant weights of a product (fully connected, convolution, depthwise convolution) belong to. A channel of data in any
/// shape is an element's position modulo the number of channels.
/// </summary>
internal sealed class ProductWeights
{
    public const int Input = 1;
    public const int BiasInput = 2;

    private readonly int[] _shape;
    private readonly int _depth;

    private ProductWeights(Node node, Activation activation, bool isDepthwise)
    {
        Node = node;
        Activation = activation;
        IsDepthwise = isDepthwise;
        _shape = node.Input(Input).Shape;
        _depth = _shape[^1];
        Outputs = isDepthwise ? _shape[^1] : _shape[0];
        DataChannels = node.Operation is FullyConnected ? _depth : node.Input(0).Shape[^1];
    }

    public Node Node { get; }

    /// <summary>The activation that is fused into the product.</summary>
    public Activation Activation { get; }

    public bool IsDepthwise { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>The number of data channels; all columns of a fully connected operator.</summary>
    public int DataChannels { get; }

    /// <summary>The weights.</summary>
    public Tensor Tensor => Node.Input(Input);

    /// <summary>Null if a node is no product with constant weights.</summary>
    public static ProductWeights? Of(Node node)
    {
        return node.Operation switch
        {
            _ when node.Inputs.Length <= Input || node.Inputs[Input] is not { IsConstant: true } => null,
            Convolution2D operation => new ProductWeights(node, operation.Activation, isDepthwise: false),
            DepthwiseConvolution2D operation => new ProductWeights(node, operation.Activation, isDepthwise: true),
            FullyConnected operation => new ProductWeights(node, operation.Activation, isDepthwise: false),
            _ => null,
        };
    }

    /// <summary>The output channel of a weight.</summary>
    public int OutputOf(int element)
    {
        return IsDepthwise ? element % Outputs : element / (Tensor.ElementCount / Outputs);
    }

    /// <summary>The data channel of a weight.</summary>
    /// <param name="element">The weight.</param>
    /// <param name="channels">The number of channels that the data are seen to have; a fully connected operator's columns may be several pixels.</param>
    public int DataChannelOf(int element, int channels)
    {
        if (IsDepthwise)
        {
            return element % Outputs / (Outputs / channels);
        }

        if (_shape.Length == 2)
        {
            return element % _depth % channels;
        }

        int groups = DataChannels / _depth;
        return (OutputOf(element) / (Outputs / groups) * _depth) + (element % _depth);
    }

    /// <summary>The product with another activation, and without rounding of its results if it finds their scale.</summary>
    public static Operation WithActivation(Operation operation, Activation activation)
    {
        return operation switch
        {
            Convolution2D convolution => convolution with { Activation = activation },
            DepthwiseConvolution2D convolution => convolution with { Activation = activation },
            FullyConnected product => product with { Activation = activation },
            DynamicProduct dynamic => WithActivation(dynamic.Product, activation),
            _ => throw new ArgumentException($"{operation.Name} is no product.", nameof(operation)),
        };
    }
}
