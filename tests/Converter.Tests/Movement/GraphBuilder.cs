using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Builds graphs node by node; int8 unless said otherwise.</summary>
internal sealed class GraphBuilder
{
    public NetworkGraph Graph { get; } = new("built");

    public Tensor Input(params int[] shape)
    {
        Tensor tensor = Elements.Tensor("input", DataType.Int8, shape);
        Graph.Inputs.Add(tensor);
        return tensor;
    }

    /// <summary>A state that starts with one value everywhere.</summary>
    public Tensor State(sbyte start, params int[] shape)
    {
        Tensor tensor = Elements.Tensor("state", DataType.Int8, shape);
        tensor.InitialState = new byte[tensor.ElementCount];
        Array.Fill(tensor.InitialState, unchecked((byte)start));
        return tensor;
    }

    /// <summary>Adds a node with one output of the type of its first input.</summary>
    public Tensor Add(Operation operation, int[] shape, params Tensor?[] inputs)
    {
        Tensor output = Elements.Tensor(operation.Name, inputs[0]!.Type, shape);
        Graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }

    /// <summary>Adds a node that writes an existing tensor.</summary>
    public void AddTo(Tensor output, Operation operation, params Tensor?[] inputs)
    {
        Graph.Nodes.Add(new Node(operation, inputs, [output]));
    }

    public GraphBuilder Output(params Tensor[] tensors)
    {
        Graph.Outputs.AddRange(tensors);
        return this;
    }
}
