using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>
/// One operator of the source on its way into the graph. An import reads inputs and attributes, adds nodes through <see cref="Graph"/> and
/// gives the outputs their values; whatever it cannot do ends it with a <see cref="RefusedOperatorException"/>.
/// </summary>
internal sealed class ImportContext
{
    private readonly NodeProto _node;
    private readonly Tensor?[] _inputs;
    private readonly Tensor?[] _outputs;

    /// <param name="node">The operator.</param>
    /// <param name="inputs">Its inputs; null where one is absent.</param>
    /// <param name="version">The version of the ONNX operators that the file was written for.</param>
    /// <param name="graph">Where its nodes go.</param>
    public ImportContext(NodeProto node, Tensor?[] inputs, int version, NodeBuilder graph)
    {
        _node = node;
        _inputs = inputs;
        _outputs = new Tensor?[node.Output.Count];
        Version = version;
        Graph = graph;
        Attributes = new AttributeReader(node);
    }

    /// <summary>The version of the operators that the file was written for.</summary>
    public int Version { get; }

    public string Operator => _node.OpType;

    public AttributeReader Attributes { get; }

    /// <summary>Adds nodes to the network.</summary>
    public NodeBuilder Graph { get; }

    /// <summary>The inputs, without absent ones at the end.</summary>
    public int InputCount => Array.FindLastIndex(_inputs, input => input is not null) + 1;

    public int OutputCount => _outputs.Length;

    /// <summary>What the outputs have been given; null where nothing.</summary>
    public IReadOnlyList<Tensor?> Outputs => _outputs;

    /// <summary>An input that must be there.</summary>
    /// <exception cref="RefusedOperatorException">It is not.</exception>
    public Tensor Input(int index)
    {
        return OptionalInput(index) ?? throw Inconsistent($"It has no input {index}.");
    }

    /// <summary>An input that may be absent.</summary>
    public Tensor? OptionalInput(int index)
    {
        return _inputs.ElementAtOrDefault(index);
    }

    /// <summary>All inputs; none may be absent, and there is at least one.</summary>
    public Tensor[] AllInputs()
    {
        return [.. Enumerable.Range(0, Math.Max(InputCount, 1)).Select(Input)];
    }

    /// <summary>True if something may read an output.</summary>
    public bool Wants(int output)
    {
        return output < _node.Output.Count && _node.Output[output].Length > 0;
    }

    /// <summary>Gives an output its value. One that nothing can read is left alone.</summary>
    public void Give(int output, Tensor value)
    {
        if (Wants(output))
        {
            _outputs[output] = value;
            Graph.Name(value, _node.Output[output]);
        }
    }

    /// <summary>
    /// What another of ONNX's operators gives of other inputs with this operator's attributes: quantized and fused operators are others with
    /// something around them.
    /// </summary>
    public Tensor Computed(string operation, params Tensor?[] inputs)
    {
        NodeProto node = new() { OpType = operation, Name = _node.Name };
        node.Output.Add(_node.Output.Take(1).Select(name => name + "/real"));
        node.Attribute.Add(_node.Attribute);
        ImportContext other = new(node, inputs, Version, Graph);
        OperatorTable.Find(node)!(other);
        Attributes.Ignore([.. other.Attributes.Asked]);
        return other.Outputs[0]!;
    }

    /// <summary>Gives the first output its value.</summary>
    public void Give(Tensor value)
    {
        Give(0, value);
    }

    /// <summary>The integers of an input that must be a constant.</summary>
    public long[] Longs(int input, string meaning)
    {
        return ConstantReader.ConstantLongs(Input(input))
            ?? throw Refused($"Its {meaning} (input {input}) is no integer constant.", "Export the network with fixed shapes, so that it becomes a constant.");
    }

    /// <summary>The real numbers of an input that must be a constant.</summary>
    public float[] Floats(int input, string meaning)
    {
        return RealConstant.Values(Input(input))
            ?? throw Refused($"Its {meaning} (input {input}) is no constant of real numbers.", "Make it a constant in the source network.");
    }

    /// <summary>The one real number of an input that must be a constant if it is there.</summary>
    public float? Scalar(int input, string meaning)
    {
        return OptionalInput(input) is null
            ? null
            : Floats(input, meaning) is [float value] ? value : throw Inconsistent($"Its {meaning} (input {input}) is {Input(input)}; it is one number.");
    }

    /// <summary>Refuses an operator of a version in which it meant something else.</summary>
    public void RequireVersion(int oldest)
    {
        if (Version < oldest)
        {
            throw Refused($"It is of version {Version}; supported is this operator from version {oldest} on.", "Export the network for version 7 or later (opset_version).");
        }
    }

    /// <summary>The axis counted from the front.</summary>
    public static int Axis(long axis, int rank)
    {
        int index = Converter.Graph.Movement.AxisIndex.FromFront(axis, rank);
        return index >= 0 ? index : throw Inconsistent($"It names the axis {axis} of {rank}.");
    }

    /// <summary>What is thrown where the operator cannot be supported.</summary>
    public static RefusedOperatorException Refused(string reason, string help)
    {
        return new RefusedOperatorException(reason, help);
    }

    /// <summary>What is thrown where no exporter can have meant what stands there.</summary>
    public static RefusedOperatorException Inconsistent(string reason)
    {
        return new RefusedOperatorException(reason, "The file is inconsistent; export the source network again.");
    }

    /// <summary>A condition that only an inconsistent file breaks.</summary>
    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw Inconsistent(otherwise);
        }
    }
}
