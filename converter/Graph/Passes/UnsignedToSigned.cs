using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// The device computes with signed elements, so a network of quantized uint8 tensors becomes one of int8: elements and zero points are less by
/// 128, and every number that they stand for stays the same. Where the network's own inputs and outputs, or operators that look at elements
/// rather than at numbers, need uint8, a node converts. A network in which uint8 is only converted or moved is left alone.
/// </summary>
internal sealed class UnsignedToSigned : GraphPass
{
    private const int Offset = 128;
    private const byte SignBit = 0x80;

    public override string Name => "unsigned-to-signed";

    public override int Run(NetworkGraph graph)
    {
        if (!graph.Nodes.Exists(node => Computes(node.Operation) && Operands(node).Any(IsUnsigned)))
        {
            return 0;
        }

        Tensor[] unsigned = [.. graph.Nodes.Where(node => !LooksAtElements(node.Operation)).SelectMany(Operands).Where(IsUnsigned).Distinct().Where(tensor => !OnlyConverted(graph, tensor))];
        Dictionary<Tensor, Tensor> kept = unsigned.Where(tensor => MustStay(graph, tensor)).ToDictionary(tensor => tensor, Copy);
        foreach (Tensor tensor in unsigned)
        {
            Shift(tensor);
        }

        Convert(graph, kept);
        return unsigned.Length;
    }

    private static IEnumerable<Tensor> Operands(Node node)
    {
        return node.Inputs.OfType<Tensor>().Concat(node.Outputs);
    }

    /// <summary>True for quantized elements, and for constants that are moved among them.</summary>
    private static bool IsUnsigned(Tensor tensor)
    {
        return tensor.Type == DataType.UInt8 && (tensor.Quantization is not null || tensor.IsConstant);
    }

    /// <summary>True for operations that the device does with signed elements only.</summary>
    private static bool Computes(Operation operation)
    {
        return operation is not (Quantize or Dequantize or Cast or Unary or LeakyRelu or MovementOperation or Gather or GatherNd or EmbeddingLookup or Unsupported);
    }

    private static bool LooksAtElements(Operation operation)
    {
        return operation is Cast or ZerosLike or Fill or Unsupported;
    }

    /// <summary>True for a network input that other types are made of at once.</summary>
    private static bool OnlyConverted(NetworkGraph graph, Tensor tensor)
    {
        return graph.Inputs.Contains(tensor) && !graph.Outputs.Contains(tensor) && graph.Consumers(tensor).All(node => node.Operation is Quantize or Dequantize or Cast);
    }

    private static bool MustStay(NetworkGraph graph, Tensor tensor)
    {
        return !tensor.IsConstant
            && (graph.Inputs.Contains(tensor)
                || graph.Outputs.Contains(tensor)
                || graph.Nodes.Exists(node => LooksAtElements(node.Operation) && Operands(node).Contains(tensor)));
    }

    private static Tensor Copy(Tensor tensor)
    {
        return new Tensor(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization, SourceIndex = tensor.SourceIndex };
    }

    private static void Shift(Tensor tensor)
    {
        tensor.Type = DataType.Int8;
        tensor.Quantization = tensor.Quantization is Quantization given ? given with { ZeroPoints = Array.ConvertAll(given.ZeroPoints, point => point - Offset) } : null;
        if (tensor.Data is ReadOnlyMemory<byte> data)
        {
            tensor.Data = Flip(data.Span);
        }

        tensor.InitialState = tensor.InitialState is byte[] state ? Flip(state) : null;
    }

    private static byte[] Flip(ReadOnlySpan<byte> elements)
    {
        byte[] flipped = elements.ToArray();
        for (int i = 0; i < flipped.Length; i++)
        {
            flipped[i] ^= SignBit;
        }

        return flipped;
    }

    /// <summary>Puts conversions between the signed tensors and the unsigned ones in whose place they stand.</summary>
    private static void Convert(NetworkGraph graph, Dictionary<Tensor, Tensor> kept)
    {
        List<Node> nodes = [];
        foreach ((Tensor signed, Tensor unsigned) in kept.Where(pair => graph.Inputs.Contains(pair.Key)))
        {
            graph.Inputs[graph.Inputs.IndexOf(signed)] = unsigned;
            nodes.Add(new Node(new Quantize(), [unsigned], [signed]));
        }

        HashSet<Tensor> made = [.. graph.Inputs];
        foreach (Node node in graph.Nodes)
        {
            if (LooksAtElements(node.Operation))
            {
                nodes.AddRange(Before(node, kept, made));
            }

            nodes.Add(node);
            if (LooksAtElements(node.Operation))
            {
                nodes.AddRange(Behind(node, kept, made));
            }
        }

        for (int i = 0; i < graph.Outputs.Count; i++)
        {
            if (kept.TryGetValue(graph.Outputs[i], out Tensor? unsigned))
            {
                if (made.Add(unsigned))
                {
                    nodes.Add(new Node(new Quantize(), [graph.Outputs[i]], [unsigned]));
                }

                graph.Outputs[i] = unsigned;
            }
        }

        graph.Nodes.Clear();
        graph.Nodes.AddRange(nodes);
    }

    private static IEnumerable<Node> Before(Node node, Dictionary<Tensor, Tensor> kept, HashSet<Tensor> made)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i] is Tensor signed && kept.TryGetValue(signed, out Tensor? unsigned))
            {
                node.Inputs[i] = unsigned;
                if (made.Add(unsigned))
                {
                    yield return new Node(new Quantize(), [signed], [unsigned]);
                }
            }
        }
    }

    private static IEnumerable<Node> Behind(Node node, Dictionary<Tensor, Tensor> kept, HashSet<Tensor> made)
    {
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            Tensor signed = node.Outputs[i];
            if (kept.TryGetValue(signed, out Tensor? unsigned))
            {
                node.Outputs[i] = unsigned;
                made.Add(unsigned);
                yield return new Node(new Quantize(), [unsigned], [signed]);
            }
        }
    }
}
