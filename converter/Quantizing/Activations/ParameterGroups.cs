using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Operators;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// Scale and zero point of every activation. Tensors between which the device only moves elements have the same. Where several inputs are
/// brought together, one joins the group of the output unless it would lose by it: because its parameters are prescribed, or because its own
/// range is much narrower and others read it too. Such an input is requantized for this node.
/// </summary>
internal sealed class ParameterGroups
{
    /// <summary>An input that others read too is quantized at most so much coarser than for its own range.</summary>
    private const double MostCoarser = 1.5;

    private readonly QuantizationContext _context;
    private readonly TensorTypes _types;
    private readonly TensorRanges _ranges;
    private readonly Dictionary<Tensor, ParameterGroup> _groups = [];
    private readonly Dictionary<Node, ParameterGroup> _inputGroups = [];
    private readonly ILookup<Tensor, Node> _consumers;

    private ParameterGroups(QuantizationContext context, TensorTypes types, TensorRanges ranges)
    {
        _context = context;
        _types = types;
        _ranges = ranges;
        _consumers = context.Graph.Nodes
            .SelectMany(node => node.Inputs.OfType<Tensor>().Distinct().Select(tensor => (tensor, node)))
            .ToLookup(pair => pair.tensor, pair => pair.node);
    }

    /// <summary>Finds all parameters.</summary>
    public static ParameterGroups Of(QuantizationContext context, TensorTypes types, TensorRanges ranges)
    {
        ParameterGroups groups = new(context, types, ranges);
        Node[] nodes = [.. context.Graph.Nodes.Where(node => types.Of(node) is DataType.Int8 or DataType.Int16)];
        foreach (Node node in nodes)
        {
            groups.Connect(node);
        }

        foreach (ParameterGroup group in groups._groups.Values.Concat(groups._inputGroups.Values).Select(group => group.Root).Distinct())
        {
            group.Quantization = groups.ParametersOf(group);
        }

        foreach (Node node in nodes)
        {
            groups.Widen(node);
        }

        return groups;
    }

    /// <summary>The parameters of a quantized activation.</summary>
    public Quantization Of(Tensor tensor)
    {
        return GroupOf(tensor).Quantization!;
    }

    /// <summary>The parameters that an input of a node must have; null if it may have its own.</summary>
    public Quantization? Required(Node node)
    {
        return _context.Rule(node).Sharing switch
        {
            Sharing.All => SharedGroup(node).Quantization,
            Sharing.Inputs => _inputGroups[node].Root.Quantization,
            _ => null,
        };
    }

    private ParameterGroup GroupOf(Tensor tensor)
    {
        if (!_groups.TryGetValue(tensor, out ParameterGroup? group))
        {
            group = new ParameterGroup();
            group.Tensors.Add(tensor);
            _groups.Add(tensor, group);
        }

        return group.Root;
    }

    private ParameterGroup SharedGroup(Node node)
    {
        return GroupOf(node.Outputs.First(_types.IsQuantized));
    }

    private void Connect(Node node)
    {
        OperatorRule rule = _context.Rule(node);
        DataType type = _types.Of(node)!.Value;
        Tensor[] outputs = [.. node.Outputs.Where(_types.IsQuantized)];
        foreach (Tensor output in outputs)
        {
            ParameterGroup group = GroupOf(output);
            group.Fixed ??= rule.Output?.Invoke(type);
            if (rule.Sharing == Sharing.All)
            {
                SharedGroup(node).Join(group);
            }
        }

        if (rule.Sharing == Sharing.None || (rule.Sharing == Sharing.All && outputs.Length == 0))
        {
            return;
        }

        ParameterGroup shared = rule.Sharing == Sharing.All ? SharedGroup(node) : _inputGroups[node] = new ParameterGroup();
        shared.IsSymmetric |= rule.SymmetricInputs;
        Tensor[] inputs = [.. node.Inputs.OfType<Tensor>().Where(input => _types.IsQuantized(input) && _types.Of(input) == type).Distinct()];
        Tensor[] joining = [.. Joining(node, inputs)];
        foreach (Tensor input in joining)
        {
            shared.Join(GroupOf(input));
        }

        if (rule.Sharing == Sharing.Inputs)
        {
            shared.Root.Ranges.AddRange(node.Inputs.Where(input => input is not null && _types.IsQuantized(input) && !joining.Contains(input)).Select(input => _ranges.Of(input!)));
        }

        shared.Root.Ranges.AddRange(node.Inputs.Where(input => input is { IsConstant: true } && QuantizationContext.IsReal(input)).Select(input => ConstantRange.Of(input!)));
    }

    /// <summary>The inputs that may share the parameters of what they are brought together in.</summary>
    private IEnumerable<Tensor> Joining(Node node, Tensor[] inputs)
    {
        bool symmetric = _context.Rule(node).SymmetricInputs;
        inputs = [.. inputs.Where(input => !symmetric || GroupOf(input).Fixed is null or { ZeroPoint: 0 })];
        if (inputs.Length <= 1)
        {
            return inputs;
        }

        Quantization?[] prescribed = [.. inputs.Select(input => GroupOf(input).Fixed).Distinct()];
        if (prescribed is [not null])
        {
            return inputs;
        }

        double widest = inputs.Max(input => Width(_ranges.Of(input)));
        return inputs.Where(input =>
            GroupOf(input).Fixed is null
            && (_consumers[input].All(consumer => consumer == node) || widest <= MostCoarser * Width(_ranges.Of(input))));
    }

    private Quantization ParametersOf(ParameterGroup group)
    {
        if (group.Fixed is not null)
        {
            return group.Fixed;
        }

        DataType type = group.Tensors.Count == 0 ? DataType.Int8 : _types.Of(group.Tensors[0]);
        Tensor[] read = [.. group.Tensors.Where(tensor => IsReadAsItIs(tensor, group))];
        TensorRange[] ranges = [.. (read.Length == 0 ? [.. group.Tensors] : read).Select(_ranges.Of), .. group.Ranges];
        TensorRange range = new(ranges.Min(part => part.Minimum), ranges.Max(part => part.Maximum));
        bool symmetric = group.IsSymmetric || group.Tensors.Exists(tensor => _ranges.SchemeOf(tensor).Activations.Symmetric);
        bool powerOfTwo = group.Tensors.Exists(tensor => _ranges.SchemeOf(tensor).Activations.PowerOfTwo);
        return AffineParameters.Of(range, type, symmetric, powerOfTwo);
    }

    /// <summary>True if something reads a tensor of a group other than to select elements for another tensor of it.</summary>
    private bool IsReadAsItIs(Tensor tensor, ParameterGroup group)
    {
        return _context.Graph.Outputs.Contains(tensor)
            || tensor.IsState
            || _consumers[tensor].Any(consumer => !_context.Rule(consumer).Selects || !consumer.Outputs.Any(output => _types.IsQuantized(output) && GroupOf(output) == group));
    }

    /// <summary>Makes an output's scale so large that the device can compute it.</summary>
    private void Widen(Node node)
    {
        foreach (Tensor output in node.Outputs.Where(_types.IsQuantized))
        {
            ParameterGroup group = GroupOf(output);
            if (group.Fixed is null)
            {
                double smallest = SmallestScale.Of(_context, node, _types.Of(node) == DataType.Int16, tensor => ScaleOf(node, tensor));
                group.Quantization = AffineParameters.Widened(group.Quantization!, smallest, _ranges.SchemeOf(output).Activations.PowerOfTwo);
            }
        }
    }

    /// <summary>The scale that an input has for a node, roughly if it has to be converted.</summary>
    private double ScaleOf(Node node, Tensor tensor)
    {
        if (_types.IsQuantized(tensor))
        {
            return Of(tensor).Scale;
        }

        TensorRange range = tensor.IsConstant ? ConstantRange.Of(tensor) : _ranges.Of(tensor);
        return AffineParameters.Of(range, _types.Of(node)!.Value, false, false).Scale;
    }

    private static double Width(TensorRange range)
    {
        return Math.Max(range.Maximum, 0.0) - Math.Min(range.Minimum, 0.0);
    }
}
