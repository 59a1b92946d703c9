using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Import.Onnx;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

/// <summary>Builds graphs of real numbers node by node, and looks at what passes make of them.</summary>
internal sealed class FloatGraph
{
    private readonly Random _random = new(1);

    public NetworkGraph Graph { get; } = new("built");

    public Tensor Input(params int[] shape)
    {
        Tensor tensor = new("input" + Graph.Inputs.Count, DataType.Float32, shape);
        Graph.Inputs.Add(tensor);
        return tensor;
    }

    /// <summary>A constant of numbers between -2 and 2.</summary>
    public Tensor Weights(params int[] shape)
    {
        return Constant(shape, GraphRun.Numbers(_random, shape.Aggregate(1, (product, size) => product * size)));
    }

    public static Tensor Constant(int[] shape, params float[] values)
    {
        return new Tensor("constant", DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    public static Tensor Integers(params int[] values)
    {
        return new Tensor("integers", DataType.Int32, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    /// <summary>Adds a node with one output.</summary>
    public Tensor Add(Operation operation, int[] shape, params Tensor?[] inputs)
    {
        Tensor output = new(operation.Name + Graph.Nodes.Count, DataType.Float32, shape);
        Graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }

    public Tensor Unary(UnaryFunction function, Tensor data)
    {
        return Add(new Unary(function), data.Shape, data);
    }

    /// <summary>Arithmetic whose result has the shape of the input with more dimensions or elements.</summary>
    public Tensor Arithmetic(ArithmeticFunction function, Tensor left, Tensor right)
    {
        return Add(new Arithmetic(function, Activation.None), left.ElementCount >= right.ElementCount ? left.Shape : right.Shape, left, right);
    }

    public Tensor Transpose(Tensor data, params int[] order)
    {
        return Add(new Transpose(), Array.ConvertAll(order, axis => data.Shape[axis]), data, Integers(order));
    }

    public Tensor Reshape(Tensor data, params int[] shape)
    {
        return Add(new Reshape(), shape, data);
    }

    /// <summary>A convolution of 3 x 3 taps over images [batch, height, width, channels], which keeps height and width.</summary>
    public Tensor Convolution(Tensor images, int outputs, Tensor? bias = null)
    {
        WindowAttributes window = new(1, 1, 1, 1, 1, 1, 1, 1);
        return Add(new Convolution2D(window, Activation.None), [.. images.Shape[..3], outputs], images, Weights(outputs, 3, 3, images.Shape[3]), bias);
    }

    public FloatGraph Output(params Tensor[] tensors)
    {
        Graph.Outputs.AddRange(tensors);
        return this;
    }

    /// <summary>Runs a pass, asks whether the outputs are what they were, and gives the operations that are left.</summary>
    public string[] After(GraphPass pass, float tolerance = 1e-4f)
    {
        GraphCheck.Run(Graph);
        Assert.Empty(Graph.Refusals);
        float[][] inputs = GraphRun.Inputs(Graph, 5);
        float[][] expected = GraphRun.Outputs(Graph, inputs);
        string[] names = [.. Graph.Outputs.Select(output => output.Name)];
        pass.Run(Graph);
        Assert.Empty(FlowCheck.Run(Graph));
        GraphCheck.Run(Graph);
        Assert.Empty(Graph.Refusals);
        float[][] found = GraphRun.Outputs(Graph, inputs);
        for (int i = 0; i < expected.Length; i++)
        {
            GraphRun.Close(expected[i], found[i], $"output {i}", tolerance);
        }

        Assert.Equal(names, Graph.Outputs.Select(output => output.Name));
        return [.. Graph.Nodes.Select(node => node.Operation.Name)];
    }
}
