using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>A difference of quantized tensors that is squared before it is quantized again is one operation of the device.</summary>
internal sealed class SquaresOfDifferences : GraphPass
{
    public override string Name => "squares-of-differences";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        foreach (Node node in graph.Nodes.ToArray())
        {
            if (node.Operation is Unary { Function: UnaryFunction.Square }
                && graph.Producer(node.Input(0)) is { Operation: Arithmetic { Function: ArithmeticFunction.Subtract, Activation: Activation.None } } difference
                && Array.TrueForAll(difference.Inputs, input => input!.IsConstant || graph.Producer(input) is { Operation: Dequantize })
                && difference.Inputs.Any(input => !input!.IsConstant)
                && graph.Consumers(difference.Output()).Take(2).Count() == 1
                && !graph.Outputs.Contains(difference.Output()))
            {
                node.Operation = new Arithmetic(ArithmeticFunction.SquaredDifference, Activation.None);
                node.Inputs = [.. difference.Inputs];
                graph.Nodes.Remove(difference);
                rewritten++;
            }
        }

        return rewritten;
    }
}
