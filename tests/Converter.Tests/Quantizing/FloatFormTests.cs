using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Tests.Evaluate;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Networks that were quantized in part.</summary>
public sealed class FloatFormTests
{
    private const int Size = 4;

    private static readonly SampleSet s_samples = SmallNetworks.Samples(3, 50, Size);

    private readonly Random _random = new(5);

    [Fact]
    public void Integer_weights_between_real_activations_become_real()
    {
        NetworkGraph graph = Hybrid();
        Assert.True(FloatArithmetic.IsToBeQuantized(graph));
        NetworkGraph before = GraphCopy.Of(graph).Graph;
        Assert.Empty(FloatForm.Make(graph));
        Assert.All(graph.Nodes, node => Assert.Equal(DataType.Float32, node.Input(1).Type));
        Assert.Equal(double.PositiveInfinity, Agreement(before, graph));
        Assert.False(FloatForm.IsNeeded(graph));
    }

    [Fact]
    public void Half_precision_becomes_single()
    {
        NetworkGraph graph = Hybrid();
        Tensor weights = graph.Nodes[0].Input(1);
        byte[] half = MemoryMarshal.AsBytes<Half>(Array.ConvertAll(ConstantValues.Of(weights)!, value => (Half)value)).ToArray();
        Tensor real = new("real", DataType.Float32, weights.Shape);
        graph.Nodes.Insert(0, new Node(new Dequantize(), [new Tensor("half", DataType.Float16, weights.Shape) { Data = half }], [real]));
        graph.Nodes[1].Inputs[1] = real;
        FloatForm.Make(graph);
        Assert.Single(graph.Nodes);
        Assert.True(graph.Nodes[0].Input(1) is { IsConstant: true, Type: DataType.Float32 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Integers_in_the_middle_become_real_and_leave_their_ranges(bool integerEdges)
    {
        NetworkGraph graph = Partial(integerEdges);

        // Where integers stand at both edges, each operator is one on integers already.
        Assert.Equal(!integerEdges, FloatArithmetic.IsToBeQuantized(graph));
        NetworkGraph before = GraphCopy.Of(graph).Graph;
        IReadOnlyDictionary<Tensor, TensorRange> ranges = FloatForm.Make(graph);
        Tensor middle = graph.Nodes.SelectMany(node => node.Outputs).Single(tensor => tensor.Name == "middle");
        Assert.Equal(DataType.Float32, middle.Type);
        Assert.Equal(0.02f * (-128 - 3), ranges[middle].Minimum, 1e-5f);
        Assert.Equal(0.02f * (127 - 3), ranges[middle].Maximum, 1e-5f);
        Assert.Equal(integerEdges ? 5 : 3, graph.Nodes.Count);
        Assert.Equal(before.Inputs.Concat(before.Outputs).Select(tensor => (tensor.Name, tensor.Type)), graph.Inputs.Concat(graph.Outputs).Select(tensor => (tensor.Name, tensor.Type)));
        Assert.InRange(Agreement(before, graph), integerEdges ? 25 : 30, 80);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_are_converted_as_a_whole(bool integerEdges)
    {
        NetworkGraph graph = Partial(integerEdges);
        NetworkGraph before = GraphCopy.Of(graph).Graph;
        ConversionOptions options = new() { Quantization = new QuantizationOptions { Samples = s_samples } };
        ConversionResult result = ModelConverter.Convert(new ImportedNetwork(graph, "test"), ReadOnlyMemory<byte>.Empty, options);
        GraphSubject simulated = new("before", FloatExecutor.Of(before), SubjectForm.Simulated);
        Agreement agreement = Evaluator.Run(new PackedSubject("after", result.File), s_samples, new EvaluationOptions(), simulated).Agreement!;
        Assert.InRange(agreement.Decibels, 25, 80);
    }

    /// <summary>A layer of real numbers with weights of 8 bits for each output.</summary>
    private NetworkGraph Hybrid()
    {
        NetworkGraph graph = new("hybrid");
        Tensor input = new("x", DataType.Float32, [1, Size]);
        Tensor output = new("y", DataType.Float32, [1, Size]);
        graph.Inputs.Add(input);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [input, Weights("weights"), null], [output]));
        return graph;
    }

    /// <summary>A real layer, one of integers, a real one; with integer edges the conversions stand before and after all.</summary>
    private NetworkGraph Partial(bool integerEdges)
    {
        NetworkGraph graph = new("partial");
        Quantization edge = Quantization.PerTensor(1f / 128, 0);
        Tensor input = new("x", integerEdges ? DataType.Int8 : DataType.Float32, [1, Size]) { Quantization = integerEdges ? edge : null };
        graph.Inputs.Add(input);
        Tensor value = integerEdges ? Add(graph, new Dequantize(), "x real", DataType.Float32, null, input) : input;
        value = Layer(graph, "first", value, DataType.Float32, null);
        value = Add(graph, new Quantize(), "first integers", DataType.Int8, Quantization.PerTensor(0.015f, 0), value);
        Tensor bias = new("bias", DataType.Int32, [Size]) { Data = MemoryMarshal.AsBytes<int>(new[] { 1000, -500, 0, 250 }).ToArray() };
        value = Layer(graph, "middle", value, DataType.Int8, Quantization.PerTensor(0.02f, 3), bias);
        value = Add(graph, new Dequantize(), "middle real", DataType.Float32, null, value);
        value = Layer(graph, "last", value, DataType.Float32, null);
        graph.Outputs.Add(integerEdges ? Add(graph, new Quantize(), "y", DataType.Int8, Quantization.PerTensor(0.05f, 0), value) : value);
        return graph;
    }

    private Tensor Layer(NetworkGraph graph, string name, Tensor input, DataType type, Quantization? quantization, Tensor? bias = null)
    {
        return Add(graph, new FullyConnected(Activation.None), name, type, quantization, input, Weights(name + " weights"), bias);
    }

    private static Tensor Add(NetworkGraph graph, Operation operation, string name, DataType type, Quantization? quantization, params Tensor?[] inputs)
    {
        Tensor output = new(name, type, [1, Size]) { Quantization = quantization };
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }

    private Tensor Weights(string name)
    {
        byte[] values = new byte[Size * Size];
        _random.NextBytes(values);
        float[] scales = [.. Enumerable.Range(0, Size).Select(_ => 0.003f + (0.002f * (float)_random.NextDouble()))];
        return new Tensor(name, DataType.Int8, [Size, Size]) { Data = values, Quantization = new Quantization(scales, new long[Size], 0) };
    }

    private static double Agreement(NetworkGraph before, NetworkGraph after)
    {
        GraphSubject first = new("before", FloatExecutor.Of(before), SubjectForm.Simulated);
        GraphSubject second = new("after", FloatExecutor.Of(after), SubjectForm.Float);
        return Evaluator.Run(second, s_samples, new EvaluationOptions(), first).Agreement!.Decibels;
    }
}
