using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// Functions that exporters spell out (Gelu by its error function or hyperbolic tangent, HardSwish by a clamp, Swish by a logistic function)
/// become one node again. They are told by their values, so that every spelling is recognized.
/// </summary>
internal sealed class RecognizeFunctions : GraphPass
{
    private const int MostNodes = 16;

    public override string Name => "recognize-functions";

    public override int Run(NetworkGraph graph)
    {
        TensorUses uses = new(graph);
        Dictionary<Node, int> positions = graph.Nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
        foreach (Node node in graph.Nodes)
        {
            (ElementExpression Expression, Operation Operation)? largest = null;
            foreach (ElementExpression expression in Expressions(node, uses, positions))
            {
                largest = KnownFunctions.Find(expression.At(KnownFunctions.Points)) is Operation operation ? (expression, operation) : largest;
            }

            if (largest is not null)
            {
                foreach (Node inner in largest.Value.Expression.Nodes.SkipLast(1))
                {
                    uses.Remove(inner);
                }

                node.Operation = largest.Value.Operation;
                uses.SetInputs(node, [largest.Value.Expression.Source]);
            }
        }

        return uses.Finish();
    }

    /// <summary>The expressions that end in a node, from the smallest to the largest.</summary>
    private static IEnumerable<ElementExpression> Expressions(Node last, TensorUses uses, Dictionary<Node, int> positions)
    {
        if (!ElementExpression.CanHold(last))
        {
            yield break;
        }

        List<Node> nodes = [last];
        while (nodes.Count <= MostNodes)
        {
            Tensor[] outer = [.. nodes.SelectMany(node => node.Inputs).OfType<Tensor>().Distinct()
                .Where(input => !ElementExpression.IsScalar(input) && !nodes.Exists(node => node.Output() == input))];
            if (outer is [Tensor source] && !source.IsConstant && (nodes.Count > 1 || last.Operation is Arithmetic))
            {
                yield return new ElementExpression(source, [.. nodes.OrderBy(node => positions[node])]);
            }

            // The latest input goes first: so what is left in the end is what all depends on.
            Node? next = outer.Select(uses.Maker).OfType<Node>().MaxBy(node => positions[node]);
            if (next is null || !ElementExpression.CanHold(next) || !uses.IsInside(next.Output()) || uses.Readers(next.Output()).Any(reader => !nodes.Contains(reader)))
            {
                yield break;
            }

            nodes.Add(next);
        }
    }
}
