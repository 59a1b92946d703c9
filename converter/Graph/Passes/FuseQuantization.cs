using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Operators;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// Networks that were quantized as ONNX stand as operators on real numbers between conversions: integers become real, are computed with, and
/// become integers again. Where all that an operator reads came from integers, and all that it gives becomes integers, it is the operator on
/// integers itself. What only moves or compares elements needs no conversion behind it: its results are integers on the same scale.
/// </summary>
internal sealed class FuseQuantization : GraphPass
{
    public override string Name => "fuse-quantization";

    public override int Run(NetworkGraph graph)
    {
        Dictionary<Tensor, Node> producers = graph.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        int fused = graph.Nodes.ToArray().Count(node => Fuse(graph, node, producers));
        if (fused > 0)
        {
            _ = new RemoveUnusedNodes().Run(graph);
        }

        return fused;
    }

    private static bool Fuse(NetworkGraph graph, Node node, Dictionary<Tensor, Node> producers)
    {
        if (node.Operation is Quantize)
        {
            return Requantize(graph, node, producers);
        }

        if (node.Operation is Comparison or ArgMaximum or ArgMinimum)
        {
            return Compare(node, producers);
        }

        if (node.Operation is Dequantize or Cast or Unsupported || node.Outputs.Length == 0 || !node.Outputs.All(IsReal))
        {
            return false;
        }

        Tensor?[] known = [.. node.Inputs.Select(input => IntegerOperands.Known(input, producers))];
        bool computed = Enumerable.Range(0, known.Length).Any(i => known[i] is { IsConstant: false } && IsReal(node.Inputs[i]!));
        Tensor?[] results = [.. node.Outputs.Select(output => QuantizedReaders.Of(graph, output) ?? (KeepsScale(node, known) ? Like(output, known[0]!) : null))];
        if (!computed || results.Contains(null) || IntegerOperands.Of(node, known) is not Tensor?[] operands)
        {
            return false;
        }

        Replace(graph, node, operands, [.. results.Select(result => result!)], producers);
        return true;
    }

    /// <summary>Integers that become real numbers and integers again only change their scale.</summary>
    private static bool Requantize(NetworkGraph graph, Node node, Dictionary<Tensor, Node> producers)
    {
        Tensor output = node.Output();
        if (IntegerOperands.Known(node.Input(0), producers) is not Tensor { IsConstant: false, Type: DataType.Int8 or DataType.UInt8 or DataType.Int16 } integers
            || !IsReal(node.Input(0))
            || output.Type is not (DataType.Int8 or DataType.UInt8 or DataType.Int16))
        {
            return false;
        }

        node.Inputs = [integers];
        if (HasScaleOf(integers, output) && !graph.Outputs.Contains(output))
        {
            graph.ReplaceUses(output, integers);
        }

        return true;
    }

    /// <summary>What compares real numbers, or says where the largest stands, tells the same of the integers that they come from.</summary>
    private static bool Compare(Node node, Dictionary<Tensor, Node> producers)
    {
        Tensor?[] known = [.. node.Inputs.Select(input => IntegerOperands.Known(input, producers))];
        bool computed = Enumerable.Range(0, known.Length).Any(i => known[i] is { IsConstant: false } && IsReal(node.Inputs[i]!));
        if (!computed || IntegerOperands.OfComparison(node, known) is not Tensor?[] operands)
        {
            return false;
        }

        node.Inputs = operands;
        return true;
    }

    private static bool IsReal(Tensor tensor)
    {
        return tensor.Type == DataType.Float32;
    }

    /// <summary>True if a node gives elements of its first input back, and all that it moves has one scale.</summary>
    private static bool KeepsScale(Node node, Tensor?[] known)
    {
        bool moves = node.Operation is MovementOperation or Gather or Pool2D { Kind: PoolKind.Maximum } or Reduce { Function: ReduceFunction.Maximum or ReduceFunction.Minimum };
        return moves
            && known.FirstOrDefault() is { Quantization: { IsPerChannel: false } scale }
            && Enumerable.Range(0, known.Length).All(i => node.Inputs[i] is not Tensor input || !IsReal(input) || Equals(known[i]?.Quantization, scale));
    }

    private static Tensor Like(Tensor real, Tensor integers)
    {
        return new Tensor(real.Name + "/integers", integers.Type, real.Shape) { Quantization = integers.Quantization };
    }

    private static void Replace(NetworkGraph graph, Node node, Tensor?[] operands, Tensor[] results, Dictionary<Tensor, Node> producers)
    {
        Tensor[] real = node.Outputs;
        for (int i = 0; i < real.Length; i++)
        {
            Unite(graph, real[i], results[i]);
        }

        node.Inputs = Rescaled(graph, node, operands, results[0]);
        PoolWhole(node, results[0]);
        node.Outputs = results;
        int at = graph.Nodes.IndexOf(node);
        if (Intermediate(node, results[0]) is Tensor intermediate)
        {
            node.Outputs = [intermediate];
            graph.Nodes.Insert(++at, new Node(new Quantize(), [intermediate], [results[0]]) { Source = node.Source });
        }

        for (int i = 0; i < real.Length; i++)
        {
            Node back = new(new Dequantize(), [results[i]], [real[i]]) { Source = node.Source };
            graph.Nodes.Insert(++at, back);
            producers[real[i]] = back;
        }
    }

    /// <summary>Lets all that was converted from a result to the same integers be those integers.</summary>
    private static void Unite(NetworkGraph graph, Tensor real, Tensor result)
    {
        foreach (Node conversion in graph.Consumers(real).Where(reader => reader.Operation is Quantize && reader.Output().Type == result.Type && Equals(reader.Output().Quantization, result.Quantization)).ToArray())
        {
            graph.Nodes.Remove(conversion);
            if (conversion.Output() != result)
            {
                graph.ReplaceUses(conversion.Output(), result);
            }
        }
    }

    /// <summary>
    /// A global average pool came as a mean over height and width. Between equal scales it is the pool, whose rounding differs from that of a
    /// mean with a scale of its own.
    /// </summary>
    private static void PoolWhole(Node node, Tensor result)
    {
        Tensor data = node.Input(0);
        bool pools = node.Operation is Reduce { Function: ReduceFunction.Mean }
            && node.Source.OperatorName.EndsWith("GlobalAveragePool", StringComparison.Ordinal)
            && data.Rank == 4
            && Equals(data.Quantization, result.Quantization)
            && result.Shape.SequenceEqual([data.Shape[0], 1, 1, data.Shape[3]]);
        if (pools)
        {
            node.Operation = new Pool2D(PoolKind.Average, data.Shape[1], data.Shape[2], new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), Activation.None);
            node.Inputs = [data];
        }
    }

    /// <summary>Pieces that are moved or chosen into one tensor take its scale first.</summary>
    private static Tensor?[] Rescaled(NetworkGraph graph, Node node, Tensor?[] operands, Tensor result)
    {
        if (node.Operation is not (MovementOperation or Select) || operands.Count(operand => operand?.Quantization is not null) < 2)
        {
            return operands;
        }

        int at = graph.Nodes.IndexOf(node);
        return [.. operands.Select((operand, i) =>
        {
            if (operand?.Quantization is null || HasScaleOf(operand, result))
            {
                return operand;
            }

            if (node.Inputs[i] is { IsConstant: true, Integers: null, Type: DataType.Float32 } real)
            {
                return QuantizedConstants.Of(real, result.Type, result.Quantization!);
            }

            Tensor rescaled = new(operand.Name + "/rescaled", result.Type, operand.Shape) { Quantization = result.Quantization };
            graph.Nodes.Insert(at++, new Node(new Quantize(), [operand], [rescaled]) { Source = node.Source });
            return rescaled;
        })];
    }

    /// <summary>What the device computes first where it prescribes the scale of the result and the network has another; null if it computes the result itself.</summary>
    private static Tensor? Intermediate(Node node, Tensor result)
    {
        Tensor data = node.Input(0);
        (DataType type, Quantization? prescribed) = node.Operation switch
        {
            Softmax when data.Type == DataType.Int16 => (DataType.Int16, FixedParameters.Unsigned(DataType.Int16)),
            Softmax when result.Type == DataType.Int16 => (DataType.Int16, Quantization.PerTensor(1f / 65536, short.MinValue)),
            Softmax => (DataType.Int8, FixedParameters.Unsigned(DataType.Int8)),
            LogSoftmax => (DataType.Int8, FixedParameters.LogSoftmax(DataType.Int8)),
            L2Normalization => (DataType.Int8, FixedParameters.Signed(DataType.Int8)),
            MovementOperation or Pool2D or Gather => (data.Type, data.Quantization),
            _ => (data.Type, null),
        };
        bool unsigned = node.Operation is Softmax or LogSoftmax or L2Normalization && result.Type == DataType.UInt8;
        if (prescribed is null || node.Outputs.Length != 1)
        {
            return null;
        }

        Quantization wanted = result.Quantization!;
        bool same = unsigned ? wanted.Scale.Equals(prescribed.Scale) && wanted.ZeroPoint - 128 == prescribed.ZeroPoint : result.Type == type && wanted.Equals(prescribed);
        return same ? null : new Tensor(result.Name + "/prescribed", type, result.Shape) { Quantization = prescribed };
    }

    private static bool HasScaleOf(Tensor tensor, Tensor other)
    {
        return tensor.Type == other.Type && Equals(tensor.Quantization, other.Quantization);
    }
}
