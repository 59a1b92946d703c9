using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Builds float networks node by node; numbers are drawn from a seed.</summary>
internal sealed class FloatNetwork(int seed = 1)
{
    private readonly Random _random = new(seed);
    private int _names;

    public NetworkGraph Graph { get; } = new("float");

    public Tensor Input(params int[] shape)
    {
        Tensor input = new($"input{Graph.Inputs.Count}", DataType.Float32, shape);
        Graph.Inputs.Add(input);
        return input;
    }

    /// <summary>Normally distributed numbers.</summary>
    public Tensor Random(double deviation, params int[] shape)
    {
        return Constant(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => (float)(deviation * Normal()))]);
    }

    public Tensor Constant(int[] shape, params float[] values)
    {
        return new Tensor($"constant{_names++}", DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    public static Tensor Integers(params int[] values)
    {
        return new Tensor("integers", DataType.Int32, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    public Tensor State(params int[] shape)
    {
        Tensor state = new($"state{_names++}", DataType.Float32, shape);
        state.InitialState = new byte[state.ElementCount * sizeof(float)];
        return state;
    }

    public Tensor Add(Operation operation, int[] shape, params Tensor?[] inputs)
    {
        return Add(operation, DataType.Float32, shape, inputs);
    }

    public Tensor Add(Operation operation, DataType type, int[] shape, params Tensor?[] inputs)
    {
        Tensor output = new($"{operation.Name}{_names++}", type, shape);
        Graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }

    public NetworkGraph Output(params Tensor[] tensors)
    {
        Graph.Outputs.AddRange(tensors);
        return Graph;
    }

    /// <summary>Records of normally distributed inputs.</summary>
    public SampleSet Samples(int count, double deviation = 1, double mean = 0)
    {
        return new SampleSet(
            [.. Enumerable.Range(0, count).Select(_ => Graph.Inputs.Select(input => Enumerable.Range(0, input.ElementCount).Select(_ => (float)(mean + (deviation * Normal()))).ToArray()).ToArray())],
            "drawn");
    }

    private double Normal()
    {
        return Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
