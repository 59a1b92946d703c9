using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>
/// A sum of many real tensors becomes sums of two: each summand then keeps a scale of its own, where the device's sum of many takes one scale
/// without a zero point for all.
/// </summary>
internal sealed class SumsToPairs : GraphPass
{
    public override string Name => "sums-to-pairs";

    public override int Run(NetworkGraph graph)
    {
        Node[] sums = [.. graph.Nodes.Where(node => node.Operation is AddMany && node.Output().Type == DataType.Float32)];
        foreach (Node node in sums)
        {
            int position = graph.Nodes.IndexOf(node);
            graph.Nodes.RemoveAt(position);
            graph.Nodes.InsertRange(position, Pairs(node));
        }

        return sums.Length;
    }

    private static IEnumerable<Node> Pairs(Node node)
    {
        Tensor output = node.Output();
        if (node.Inputs.Length == 1)
        {
            yield return new Node(new Copy(), node.Inputs, node.Outputs) { Source = node.Source };
        }

        Tensor sum = node.Input(0);
        for (int i = 1; i < node.Inputs.Length; i++)
        {
            Tensor next = i == node.Inputs.Length - 1 ? output : new Tensor($"{output.Name}_sum{i}", output.Type, output.Shape);
            yield return new Node(new Arithmetic(ArithmeticFunction.Add, Activation.None), [sum, node.Inputs[i]], [next]) { Source = node.Source };
            sum = next;
        }
    }
}
