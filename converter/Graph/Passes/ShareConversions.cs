using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// Conversions as quantizers and exporters write them, before anything is told by its form: one from integers to real numbers for each reader
/// becomes one for all, truth values that are computed with are integers, and indices do not become 64 bits wide to be 32 bits wide again.
/// </summary>
internal sealed class ShareConversions : GraphPass
{
    public override string Name => "share-conversions";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        bool isQuantized = graph.Nodes.Exists(node => node.Operation is Dequantize);
        Dictionary<Tensor, Node> producers = [];
        Dictionary<Tensor, Tensor> real = [];
        foreach (Node node in graph.Nodes.ToArray())
        {
            Tensor? replacement = node.Operation switch
            {
                Dequantize => real.GetValueOrDefault(node.Input(0)),
                Cast => Narrowed(node, producers),
                _ => null,
            };
            if (replacement is not null && !graph.Outputs.Contains(node.Output()))
            {
                graph.Nodes.Remove(node);
                graph.ReplaceUses(node.Output(), replacement);
                rewritten++;
                continue;
            }

            if (node.Operation is Dequantize)
            {
                real.TryAdd(node.Input(0), node.Output());
            }
            else if (isQuantized && node.Operation is Cast && node.Input(0) is { Type: DataType.Bool, IsConstant: false } && node.Output().Type == DataType.Float32 && !graph.Outputs.Contains(node.Output()))
            {
                Count(graph, node);
                rewritten++;
            }

            foreach (Tensor output in node.Outputs)
            {
                producers[output] = node;
            }
        }

        if (rewritten > 0)
        {
            _ = new RemoveUnusedNodes().Run(graph);
        }

        return rewritten;
    }

    /// <summary>What 32-bit integers were before they became 64 bits wide; null where a cast does not undo that.</summary>
    private static Tensor? Narrowed(Node cast, Dictionary<Tensor, Node> producers)
    {
        return cast.Output().Type == DataType.Int32
            && producers.GetValueOrDefault(cast.Input(0)) is { Operation: Cast } wide
            && wide.Input(0).Type == DataType.Int32
            && wide.Output().Type == DataType.Int64
            ? wide.Input(0)
            : null;
    }

    /// <summary>Truth values become the integers 0 and 1, whose real numbers those are.</summary>
    private static void Count(NetworkGraph graph, Node cast)
    {
        Tensor real = cast.Output();
        Tensor integers = new(real.Name + "/integers", DataType.Int8, real.Shape) { Quantization = Quantization.PerTensor(1, 0) };
        cast.Outputs = [integers];
        graph.Nodes.Insert(graph.Nodes.IndexOf(cast) + 1, new Node(new Dequantize(), [integers], [real]) { Source = cast.Source });
    }
}
