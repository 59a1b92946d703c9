using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Writes a graph's nodes anew, transpositions as late as possible.</summary>
internal sealed class LayoutRewriter
{
    private readonly NetworkGraph _graph;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Tensor, Tensor> _same = [];
    private readonly Dictionary<Tensor, PendingTransposition> _pending = [];
    private readonly Dictionary<Tensor, Tensor> _reshaped = [];
    private readonly Dictionary<(Tensor, string), Tensor> _made = [];
    private readonly TranspositionDemand _demand;

    public LayoutRewriter(NetworkGraph graph)
    {
        _graph = graph;
        _demand = new TranspositionDemand(graph);
        foreach (Tensor input in graph.Inputs.Where(input => !graph.Outputs.Contains(input)))
        {
            if (_demand.OfImages(input) is int[] order)
            {
                TransposeInput(input, order);
            }
        }
    }

    /// <summary>How many nodes were rewritten.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Adds the next node of the graph.</summary>
    public void Add(Node node)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            node.Inputs[i] = node.Inputs[i] is Tensor input ? _same.GetValueOrDefault(input, input) : null;
        }

        bool touchesState = node.Inputs.Concat(node.Outputs).Any(tensor => tensor is { Root.IsState: true });
        if (!touchesState && LayoutRules.Apply(this, node))
        {
            Rewritten++;
            return;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            node.Inputs[i] = node.Inputs[i] is Tensor input ? Made(input) : null;
        }

        _nodes.Add(node);
    }

    /// <summary>Makes what the network gives, and puts the new nodes in place of the old ones.</summary>
    public void Finish()
    {
        for (int i = 0; i < _graph.Outputs.Count; i++)
        {
            Tensor output = _graph.Outputs[i];
            Tensor made = Made(output);
            _graph.Outputs[i] = made == output ? output : GiveAs(made, output);
        }

        _graph.Nodes.Clear();
        _graph.Nodes.AddRange(_nodes);
    }

    /// <summary>What is remembered of a tensor; null if it is there.</summary>
    public PendingTransposition? Pending(Tensor? tensor)
    {
        return tensor is null ? null : _pending.GetValueOrDefault(tensor);
    }

    /// <summary>What is remembered of a tensor without a change of shape; null if it is there, or has been made because there is no other way.</summary>
    public PendingTransposition? Ordered(Tensor? tensor)
    {
        if (Pending(tensor) is not { IsReshaped: true } pending)
        {
            return Pending(tensor);
        }

        if (ReshapedAxes.Of(pending) is not ReshapedAxes axes)
        {
            Made(tensor!);
            return null;
        }

        Tensor sorted = Transposed(pending.Base, axes.InnerOrder, tensor!);
        Tensor reshaped = Reshaped(sorted, axes.BaseShape, tensor!);
        _pending.Remove(tensor!);
        Defer(tensor!, reshaped, axes.Order, tensor!.Shape);
        return Pending(tensor);
    }

    /// <summary>A stand-in for a tensor that is there, pending from the tensor itself with its axes in another order, which is made now.</summary>
    public Tensor Pretended(Tensor tensor, int[] order)
    {
        Tensor standIn = new(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization };
        _pending[standIn] = new PendingTransposition(Transposed(tensor, order, tensor), Permutation.Inverse(order), tensor.Shape);
        return standIn;
    }

    /// <summary>True if something behind a tensor asks for it in an order.</summary>
    public bool IsWanted(Tensor tensor, int[] order)
    {
        return _demand.Has(tensor, order);
    }

    /// <summary>The order that everything behind some tensors asks for; null if there is none.</summary>
    public int[]? OnlyWanted(IReadOnlyList<Tensor> tensors)
    {
        return _demand.Only(tensors);
    }

    /// <summary>A tensor that is there: it is made now if it was only remembered.</summary>
    public Tensor Made(Tensor tensor)
    {
        if (Pending(tensor) is not PendingTransposition pending)
        {
            return _same.GetValueOrDefault(tensor, tensor);
        }

        _pending.Remove(tensor);
        if (Permutation.MovesNothing(pending.Order, pending.Base.Shape))
        {
            TakeShape(tensor, pending.Base, pending.Shape);
            return _same.GetValueOrDefault(tensor, tensor);
        }

        (Tensor, string) key = KeyOf(pending.Base, pending.Order, pending.Shape);
        if (_made.TryGetValue(key, out Tensor? known) && !_graph.Outputs.Contains(tensor))
        {
            return _same[tensor] = known;
        }

        if (known is not null)
        {
            EmitReshape(known, tensor);
            return tensor;
        }

        if (pending.Base.Name == tensor.Name)
        {
            pending.Base.Name += "/transposed";
        }

        if (pending.IsReshaped)
        {
            Tensor transposed = Transposed(pending.Base, pending.Order, tensor);
            EmitReshape(transposed, tensor);
        }
        else
        {
            _nodes.Add(new Node(new Transpose(), [pending.Base, Integers(tensor, pending.Order)], [tensor]));
        }

        _made[key] = tensor;
        return tensor;
    }

    /// <summary>Remembers a tensor instead of making it. Where all axes stay in their order it is the base itself, perhaps in another shape.</summary>
    public void Defer(Tensor tensor, Tensor from, int[] order, int[] shape)
    {
        if (order.SequenceEqual(order.Order()))
        {
            TakeShape(tensor, from, shape);
            return;
        }

        Rename(from, tensor);
        _pending[tensor] = new PendingTransposition(from, order, shape);
    }

    /// <summary>Makes a tensor of one that has its elements in the same order: the same, or what that was before its shape was changed, or a change of shape.</summary>
    private void TakeShape(Tensor tensor, Tensor from, int[] shape)
    {
        Tensor source = _reshaped.GetValueOrDefault(from, from);
        Tensor? same = source.Shape.AsSpan().SequenceEqual(shape) ? source : from.Shape.AsSpan().SequenceEqual(shape) ? from : null;
        if (same is null)
        {
            EmitReshape(source, tensor);
            return;
        }

        _same[tensor] = same;
        Rename(same, tensor);
    }

    /// <summary>What was made on the way to a tensor is named like it.</summary>
    private void Rename(Tensor made, Tensor tensor)
    {
        if (!_graph.Inputs.Contains(made) && made.Name.StartsWith(tensor.Name + "/", StringComparison.Ordinal))
        {
            made.Name = tensor.Name;
        }
    }

    /// <summary>Adds a node that works on bases in place of one whose output becomes pending.</summary>
    /// <param name="like">The node that it replaces.</param>
    /// <param name="operation">What it computes.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="output">The output that it replaces.</param>
    /// <param name="shape">The shape of its own output.</param>
    /// <returns>Its output.</returns>
    public Tensor Emit(Node like, Operation operation, Tensor?[] inputs, Tensor output, int[] shape)
    {
        Tensor made = new(output.Name, output.Type, shape) { Quantization = output.Quantization, SourceIndex = output.SourceIndex };
        _nodes.Add(new Node(operation, inputs, [made]) { Source = like.Source });
        return made;
    }

    /// <summary>Adds a node that has the outputs of the one that it replaces, or whose outputs are remembered by the caller.</summary>
    public void Emit(Node node)
    {
        _nodes.Add(node);
    }

    /// <summary>A tensor with its axes in another order, made now.</summary>
    /// <param name="tensor">A tensor that is there.</param>
    /// <param name="order">Axis i of the result is axis order[i] of the tensor.</param>
    /// <param name="forTensor">What it is made for, for its name.</param>
    public Tensor Transposed(Tensor tensor, int[] order, Tensor forTensor)
    {
        int[] shape = Permutation.Apply(order, tensor.Shape);
        if (Permutation.MovesNothing(order, tensor.Shape))
        {
            return Reshaped(tensor, shape, forTensor);
        }

        (Tensor, string) key = KeyOf(tensor, order, shape);
        if (_made.TryGetValue(key, out Tensor? known))
        {
            return known;
        }

        Tensor made = new(forTensor.Name + "/transposed", tensor.Type, shape) { Quantization = tensor.Quantization };
        _nodes.Add(new Node(new Transpose(), [tensor, Integers(made, order)], [made]));
        return _made[key] = made;
    }

    /// <summary>A tensor in another shape; the shape that it had before where that fits.</summary>
    public Tensor Reshaped(Tensor tensor, int[] shape, Tensor forTensor)
    {
        Tensor source = _reshaped.GetValueOrDefault(tensor, tensor);
        if (source.Shape.AsSpan().SequenceEqual(shape))
        {
            return source;
        }

        if (tensor.Shape.AsSpan().SequenceEqual(shape))
        {
            return tensor;
        }

        Tensor made = new(forTensor.Name + "/reshaped", tensor.Type, shape) { Quantization = tensor.Quantization };
        EmitReshape(source, made);
        return made;
    }

    /// <summary>
    /// A tensor as an operand of a node that works on bases: with as many axes as they have, in their order. Null if that would cost a
    /// transposition, unless it is forced.
    /// </summary>
    /// <param name="tensor">The operand that the node has.</param>
    /// <param name="order">The order that the node's output will have to be put in: axis i is axis order[i] of the base.</param>
    /// <param name="force">Transpose it if there is no other way.</param>
    public Tensor? InBase(Tensor tensor, int[] order, bool force)
    {
        int rank = order.Length;
        int[] back = Permutation.Inverse(order);
        if (Ordered(tensor) is PendingTransposition pending)
        {
            if (pending.Shape.Length != rank)
            {
                return null;
            }

            int[] combined = Permutation.Compose(pending.Order, back);
            return force || Permutation.MovesNothing(combined, pending.Base.Shape) ? Transposed(pending.Base, combined, tensor) : null;
        }

        Tensor there = Made(tensor);
        if (there.Rank > rank || (there.IsConstant && there.ElementCount == 1))
        {
            return there.Rank > rank ? null : there;
        }

        int[] shape = [.. Enumerable.Repeat(1, rank - there.Rank), .. there.Shape];
        if (there.IsConstant)
        {
            return TransposedConstant.Of(there, shape, back);
        }

        // What has been transposed already costs nothing more.
        bool cheap = Permutation.MovesNothing(back, shape) || _made.ContainsKey(KeyOf(there, back, Permutation.Apply(back, shape)));
        return force || cheap ? Transposed(Reshaped(there, shape, tensor), back, tensor) : null;
    }

    /// <summary>A constant vector of 32-bit integers.</summary>
    public static Tensor Integers(Tensor forTensor, IReadOnlyCollection<int> values)
    {
        return Integers(forTensor, [values.Count], values);
    }

    /// <summary>A constant of 32-bit integers.</summary>
    public static Tensor Integers(Tensor forTensor, int[] shape, IEnumerable<int> values)
    {
        return new Tensor(forTensor.Name + "/axes", DataType.Int32, shape) { Data = IntegerConstant.Bytes(DataType.Int32, [.. values.Select(value => (long)value)]) };
    }

    /// <summary>
    /// An input that something behind takes as an image in another order is transposed at once, and pending from that: so its transposition is the first node
    /// of all. Who takes it as it is gets the input itself.
    /// </summary>
    private void TransposeInput(Tensor input, int[] order)
    {
        int[] back = Permutation.Inverse(order);
        Tensor transposed = Transposed(input, order, input);
        _pending[input] = new PendingTransposition(transposed, back, input.Shape);
        _made[KeyOf(transposed, back, input.Shape)] = input;
    }

    /// <summary>What identifies a tensor made of another.</summary>
    private static (Tensor Base, string Order) KeyOf(Tensor tensor, int[] order, int[] shape)
    {
        return (tensor, $"{string.Join(',', order)}|{string.Join(',', shape)}");
    }

    private void EmitReshape(Tensor source, Tensor made)
    {
        _nodes.Add(new Node(new Reshape(), [source], [made]));
        if (!source.Root.IsState)
        {
            _reshaped[made] = source;
        }
    }

    /// <summary>An output of the network that is the same as a tensor: that tensor with the output's name, unless it is more than that.</summary>
    private Tensor GiveAs(Tensor same, Tensor output)
    {
        if (same.IsConstant || same.Root.IsState || _graph.Inputs.Contains(same) || _graph.Outputs.Contains(same))
        {
            EmitReshape(same, output);
            return output;
        }

        same.Name = output.Name;
        return same;
    }
}
