using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Host;

/// <summary>Builds small networks tensor by tensor.</summary>
internal sealed class TinyGraph
{
    public const int Columns = 4;
    public const int Rows = 3;

    public NetworkGraph Graph { get; } = new("tiny");

    /// <summary>A float input, quantized; a matrix product; dequantized; softmax.</summary>
    public static TinyGraph FloatAtBothEnds()
    {
        TinyGraph tiny = new();
        Tensor input = tiny.Input("x", DataType.Float32, 1, Columns);
        Tensor scores = tiny.Product(tiny.Quantize(input));
        Tensor probabilities = tiny.Add(new Softmax(1), tiny.Dequantize(scores), DataType.Float32, 1, Rows);
        tiny.Output(probabilities, "probabilities");
        return tiny;
    }

    /// <summary>An int8 input and a matrix product.</summary>
    public static TinyGraph Integer()
    {
        TinyGraph tiny = new();
        tiny.Output(tiny.Product(tiny.Input("x", DataType.Int8, 1, Columns)), "scores");
        return tiny;
    }

    public Tensor Input(string name, DataType type, params int[] shape)
    {
        Tensor tensor = new(name, type, shape) { Quantization = QuantizationOf(type) };
        Graph.Inputs.Add(tensor);
        return tensor;
    }

    public void Output(Tensor tensor, string? name = null)
    {
        tensor.Name = name ?? tensor.Name;
        Graph.Outputs.Add(tensor);
    }

    public Tensor Constant(DataType type, byte[] data, params int[] shape)
    {
        return new Tensor("constant", type, shape) { Data = data, Quantization = QuantizationOf(type) };
    }

    /// <summary>Adds a node with one output.</summary>
    public Tensor Add(Operation operation, Tensor input, DataType type, params int[] shape)
    {
        Tensor output = new($"{operation.Name} of {input.Name}", type, shape) { Quantization = QuantizationOf(type) };
        Graph.Nodes.Add(new Node(operation, [input], [output]));
        return output;
    }

    public Tensor Quantize(Tensor input)
    {
        return Add(new Quantize(), input, DataType.Int8, input.Shape);
    }

    public Tensor Dequantize(Tensor input)
    {
        return Add(new Dequantize(), input, DataType.Float32, input.Shape);
    }

    /// <summary>Adds a matrix product with fixed weights: what only the device can do.</summary>
    public Tensor Product(Tensor input)
    {
        byte[] values = [.. Enumerable.Range(0, Rows * Columns).Select(i => unchecked((byte)(sbyte)((i * 37 % 101) - 50)))];
        Tensor weights = new("weights", DataType.Int8, [Rows, Columns]) { Data = values, Quantization = Quantization.PerTensor(0.02f, 0) };
        Tensor output = new($"product of {input.Name}", DataType.Int8, [1, Rows]) { Quantization = QuantizationOf(DataType.Int8) };
        Graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [input, weights, null], [output]));
        return output;
    }

    /// <summary>Converts the graph as it stands.</summary>
    public ConversionResult Convert(ConversionOptions? options = null)
    {
        return GraphConverter.Convert(Graph, [], "test", options ?? new ConversionOptions());
    }

    private static Quantization? QuantizationOf(DataType type)
    {
        return type switch
        {
            DataType.Int8 => Quantization.PerTensor(0.05f, -3),
            DataType.Int16 => Quantization.PerTensor(0.001f, 0),
            _ => null,
        };
    }
}
