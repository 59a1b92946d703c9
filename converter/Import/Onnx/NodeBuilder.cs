using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>
/// Adds the nodes that one operator of the source becomes. What depends on constants only is computed at once and becomes a constant: so
/// exporters' computations with shapes never reach the graph.
/// </summary>
/// <param name="graph">Where nodes go.</param>
/// <param name="source">The operator.</param>
/// <param name="name">What its intermediate tensors are named after.</param>
/// <param name="memory">Bounds what is computed.</param>
internal sealed class NodeBuilder(NetworkGraph graph, NodeSource source, string name, ImportMemory memory)
{
    private readonly HashSet<Tensor> _made = [];

    /// <summary>What its intermediate tensors are named after.</summary>
    public string Label => name;

    /// <summary>The nodes that have been added, in their order.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>Adds a node with one output of the first input's type.</summary>
    /// <returns>The output.</returns>
    public Tensor Add(Operation operation, IReadOnlyList<int> shape, params Tensor?[] inputs)
    {
        return Add(operation, inputs[0]!.Type, shape, inputs);
    }

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The output.</returns>
    public Tensor Add(Operation operation, DataType type, IReadOnlyList<int> shape, params Tensor?[] inputs)
    {
        Tensor output = Make(operation.Name, type, shape);
        Add(operation, inputs, [output]);
        return output;
    }

    /// <summary>Adds a node with several outputs of the data's type.</summary>
    /// <returns>The outputs.</returns>
    public Tensor[] AddMany(Operation operation, DataType type, IEnumerable<int[]> shapes, params Tensor?[] inputs)
    {
        Tensor[] outputs = [.. shapes.Select(shape => Make(operation.Name, type, shape))];
        Add(operation, inputs, outputs);
        return outputs;
    }

    /// <summary>A constant of real numbers.</summary>
    public Tensor Constant(int[] shape, params float[] values)
    {
        memory.Take(values.LongLength * sizeof(float));
        return Remember(RealConstant.Of($"{name}/constant{_made.Count}", shape, values));
    }

    /// <summary>A constant vector of 32-bit integers: axes, paddings, sizes.</summary>
    public Tensor Integers(params IEnumerable<long> values)
    {
        long[] elements = [.. values];
        return Integers(DataType.Int32, [elements.Length], elements);
    }

    /// <summary>A constant of integers.</summary>
    public Tensor Integers(DataType type, int[] shape, params long[] values)
    {
        memory.Take(values.LongLength * type.Bytes());
        return Remember(new Tensor($"{name}/constant{_made.Count}", type, shape) { Data = IntegerConstant.Bytes(type, values) });
    }

    /// <summary>The same elements in another shape.</summary>
    public Tensor Reshaped(Tensor data, params int[] shape)
    {
        return data.Shape.AsSpan().SequenceEqual(shape) ? data : Add(new Reshape(), shape, data);
    }

    /// <summary>What a tensor is the same elements of in another shape; null if it is made otherwise.</summary>
    public Tensor? SourceOfReshape(Tensor data)
    {
        return graph.Nodes.FindLast(node => node.Outputs.Contains(data)) is { Operation: Reshape } reshape ? reshape.Input(0) : null;
    }

    /// <summary>The axes in another order.</summary>
    public Tensor Transposed(Tensor data, params int[] permutation)
    {
        return permutation.SequenceEqual(Enumerable.Range(0, data.Rank))
            ? data
            : Add(new Transpose(), [.. permutation.Select(axis => data.Shape[axis])], data, Integers(permutation.Select(axis => (long)axis)));
    }

    /// <summary>Images [batch, channels, height, width] as the graph has them: [batch, height, width, channels].</summary>
    public Tensor ChannelsLast(Tensor images)
    {
        return Transposed(images, 0, 2, 3, 1);
    }

    /// <summary>Images [batch, height, width, channels] as ONNX has them: [batch, channels, height, width].</summary>
    public Tensor ChannelsFirst(Tensor images)
    {
        return Transposed(images, 0, 3, 1, 2);
    }

    /// <summary>A function of two tensors that are broadcast against each other.</summary>
    public Tensor Arithmetic(ArithmeticFunction function, Tensor left, Tensor right)
    {
        return Add(new Arithmetic(function, Activation.None), Shapes.Broadcast(left.Shape, right.Shape), left, right);
    }

    /// <summary>A function of every element.</summary>
    public Tensor Unary(UnaryFunction function, Tensor data)
    {
        return Add(new Unary(function), data.Shape, data);
    }

    /// <summary>A part of the data along an axis; the data itself if that is all of it.</summary>
    public Tensor Part(Tensor data, int axis, int first, int count)
    {
        if (count == data.Shape[axis])
        {
            return data;
        }

        int[] shape = [.. data.Shape];
        shape[axis] = count;
        return Add(new Slice(), shape, data, Integers(shape.Select((_, other) => other == axis ? (long)first : 0)), Integers(shape.Select(size => (long)size)));
    }

    /// <summary>Elements of one tensor where a condition holds and of another where not, all broadcast against each other.</summary>
    public Tensor Selected(Tensor condition, Tensor whereTrue, Tensor whereFalse)
    {
        int[] shape = Shapes.Broadcast(condition.Shape, whereTrue.Shape, whereFalse.Shape);
        return Add(new Select(AlongFirstAxis: false), whereTrue.Type, shape, condition, whereTrue, whereFalse);
    }

    /// <summary>Real numbers as quantized integers.</summary>
    public Tensor Quantized(Tensor real, DataType type, Quantization quantization)
    {
        Tensor output = Make("Quantize", type, real.Shape);
        output.Quantization = quantization;
        Add(new Node(new Quantize(), [real], [output]) { Source = source });
        return output;
    }

    /// <summary>The real numbers that quantized integers stand for; a constant of them remembers its integers.</summary>
    public Tensor Real(Tensor integers)
    {
        Tensor output = Make("Dequantize", DataType.Float32, integers.Shape);
        if (integers.IsConstant)
        {
            memory.Take((long)output.ElementCount * sizeof(float));
            output.Data = MemoryMarshal.AsBytes(ConstantValues.Of(integers).AsSpan()).ToArray();
            output.Integers = integers;
        }
        else
        {
            Add(new Node(new Dequantize(), [integers], [output]) { Source = source });
        }

        return output;
    }

    /// <summary>Lets a tensor that this operator made carry the source's name. Others keep the name that they have.</summary>
    public void Name(Tensor tensor, string given)
    {
        if (_made.Remove(tensor))
        {
            tensor.Name = Shapes.Short(given);
        }
    }

    private Tensor Make(string operation, DataType type, IReadOnlyList<int> shape)
    {
        Shapes.RequireSize(shape);
        return Remember(new Tensor($"{name}/{operation}{_made.Count}", type, [.. shape]));
    }

    private Tensor Remember(Tensor tensor)
    {
        _made.Add(tensor);
        return tensor;
    }

    private void Add(Operation operation, Tensor?[] inputs, Tensor[] outputs)
    {
        Node node = new(operation, inputs, outputs) { Source = source };
        if (Array.TrueForAll(inputs, input => input is null or { IsConstant: true })
            && memory.TryTake(outputs.Sum(output => (long)output.ElementCount * output.Type.Bytes()))
            && ImportEvaluation.Outputs(node) is byte[][] results)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i].Data = results[i];
            }

            MovedIntegers.Follow(node);

            return;
        }

        Add(node);
    }

    private void Add(Node node)
    {
        graph.Nodes.Add(node);
        Nodes.Add(node);
    }
}
