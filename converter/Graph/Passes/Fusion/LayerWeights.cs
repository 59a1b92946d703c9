using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// The constant weights and bias of a convolution or fully connected layer, to be rewritten: the node is given new constants, since others may
/// share the old ones.
/// </summary>
internal sealed class LayerWeights
{
    private readonly float[] _weights;
    private readonly float[]? _bias;

    private LayerWeights(Node node, float[] weights, float[]? bias)
    {
        Node = node;
        _weights = weights;
        _bias = bias;
        int[] shape = node.Input(1).Shape;
        OutputAxis = node.Operation is DepthwiseConvolution2D ? shape.Length - 1 : 0;
        Outputs = shape[OutputAxis];
    }

    public Node Node { get; }

    /// <summary>The number of output channels.</summary>
    public int Outputs { get; }

    /// <summary>The axis of the weights that the output channels lie along.</summary>
    public int OutputAxis { get; }

    /// <summary>Null if a node is no layer, or its weights or bias are no constants of real numbers.</summary>
    public static LayerWeights? Of(Node? node)
    {
        if (node?.Operation is not (Convolution2D or DepthwiseConvolution2D or TransposedConvolution2D or FullyConnected)
            || Values(node.Input(1)) is not float[] weights)
        {
            return null;
        }

        Tensor? bias = node.OptionalInput(2);
        float[]? values = Values(bias);
        return bias is null || values is not null ? new LayerWeights(node, weights, values) : null;
    }

    /// <summary>The inputs of a layer whose output channels are scaled, and then something is added.</summary>
    public Tensor?[] Scaled(double[] factors, double[] addends)
    {
        int inner = OutputAxis == 0 ? _weights.Length / Outputs : 1;
        float[] weights = [.. _weights.Select((weight, i) => (float)(weight * factors[i / inner % Outputs]))];
        float[] bias = [.. Enumerable.Range(0, Outputs).Select(i => (float)(((_bias?[i] ?? 0) * factors[i]) + addends[i]))];
        bool hasBias = _bias is not null || Array.Exists(addends, addend => addend != 0);
        return Inputs(Array.TrueForAll(factors, factor => factor == 1) ? _weights : weights, hasBias ? bias : null);
    }

    /// <summary>The inputs of a layer that does to its own input what was done to it before: each channel was scaled, then something was added.</summary>
    /// <param name="factors">One for each channel of the input.</param>
    /// <param name="addends">One for each channel of the input; all 0 if the layer pads its input.</param>
    public Tensor?[] OfScaledInput(double[] factors, double[] addends)
    {
        int[] shape = Node.Input(1).Shape;
        float[] weights = new float[_weights.Length];
        double[] bias = new double[Outputs];
        for (int i = 0; i < weights.Length; i++)
        {
            int output = OutputAxis == 0 ? i / (weights.Length / Outputs) : i % Outputs;
            int channel = Node.Operation switch
            {
                DepthwiseConvolution2D => output / (Outputs / factors.Length),

                // A group's channels follow those of the groups before it.
                Convolution2D => (output / (Outputs / (factors.Length / shape[^1])) * shape[^1]) + (i % shape[^1]),
                _ => i % shape[^1],
            };
            weights[i] = (float)(_weights[i] * factors[channel]);
            bias[output] += _weights[i] * addends[channel];
        }

        bool hasBias = _bias is not null || Array.Exists(bias, value => value != 0);
        return Inputs(weights, hasBias ? [.. bias.Select((value, i) => (float)(value + (_bias?[i] ?? 0)))] : null);
    }

    /// <summary>The inputs of a layer that gives its output channels in another order: channel i is the one that was channel order[i].</summary>
    public Tensor?[] WithOutputs(int[] order)
    {
        int inner = _weights.Length / Outputs;
        float[] weights = [.. order.SelectMany(output => _weights.Skip(output * inner).Take(inner))];
        return Inputs(weights, _bias is null ? null : Array.ConvertAll(order, output => _bias[output]));
    }

    /// <summary>The inputs of a layer that takes its input channels in another order: what it takes as channel order[i] now comes as channel i.</summary>
    public Tensor?[] WithInputs(int[] order)
    {
        float[] weights = [.. Enumerable.Range(0, _weights.Length / order.Length).SelectMany(row => order, (row, channel) => _weights[(row * order.Length) + channel])];
        return Inputs(weights, _bias);
    }

    private Tensor?[] Inputs(float[] weights, float[]? bias)
    {
        Tensor given = Node.Input(1);
        return
        [
            Node.Input(0),
            weights == _weights ? given : Constant(given.Name, given.Shape, weights),
            bias is null ? null : Constant(Node.OptionalInput(2)?.Name ?? given.Name + "/bias", [Outputs], bias),
        ];
    }

    private static Tensor Constant(string name, int[] shape, float[] values)
    {
        return new Tensor(name, DataType.Float32, shape) { Data = MemoryMarshal.AsBytes<float>(values).ToArray() };
    }

    private static float[]? Values(Tensor? tensor)
    {
        return tensor is { Type: DataType.Float32, IsConstant: true, Quantization: null } ? ConstantValues.Of(tensor) : null;
    }
}
