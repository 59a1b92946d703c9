using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// Quantizers write one conversion behind a layer and all that stands behind it and changes no order: clamps, movements, maxima. Those give the
/// same where the conversion stands before them; an activation that the layer can carry becomes part of it.
/// </summary>
internal sealed class QuantizeEarlier : GraphPass
{
    public override string Name => "quantize-earlier";

    public override int Run(NetworkGraph graph)
    {
        int moved = 0;
        foreach (Node node in Enumerable.Reverse(graph.Nodes.ToArray()))
        {
            if (!Commutes(node)
                || graph.Producer(node.Input(0)) is not Node maker
                || maker.Operation is Dequantize or Unsupported
                || graph.Outputs.Contains(node.Input(0))
                || graph.Consumers(node.Input(0)).Take(2).Count() > 1
                || QuantizedReaders.Of(graph, node.Output()) is not Tensor result
                || result.Quantization is not { IsPerChannel: false })
            {
                continue;
            }

            if (FusedActivation.As(node.Operation) is Activation activation && FusedActivation.Of(maker.Operation) == Activation.None && maker.Outputs.Length == 1)
            {
                maker.Operation = FusedActivation.With(maker.Operation, activation);
                maker.Outputs = [node.Output()];
                graph.Nodes.Remove(node);
            }
            else
            {
                Insert(graph, node, result);
            }

            moved++;
        }

        return moved;
    }

    /// <summary>True for operations on real numbers that give the same whether their data are rounded to a grid before or behind them.</summary>
    private static bool Commutes(Node node)
    {
        return node.Outputs is [{ Type: DataType.Float32 }]
            && node.Inputs.Count(input => input is { Type: DataType.Float32 }) == 1
            && node.Inputs[0] is { IsConstant: false, Type: DataType.Float32 }
            && node.Operation is MovementOperation
                or Gather
                or Pool2D { Kind: PoolKind.Maximum, Activation: Activation.None }
                or Reduce { Function: ReduceFunction.Maximum or ReduceFunction.Minimum }
                or Unary { Function: UnaryFunction.Relu or UnaryFunction.Relu6 or UnaryFunction.ReluN1To1 or UnaryFunction.Relu0To1 }
                or Parametric { Function: ParametricFunction.Clip };
    }

    private static void Insert(NetworkGraph graph, Node node, Tensor result)
    {
        Tensor source = node.Input(0);
        Tensor integers = new(source.Name + "/integers", result.Type, source.Shape) { Quantization = result.Quantization };
        Tensor real = new(source.Name + "/rounded", DataType.Float32, source.Shape);
        node.Inputs[0] = real;
        graph.Nodes.InsertRange(
            graph.Nodes.IndexOf(node),
            [new Node(new Quantize(), [source], [integers]) { Source = node.Source }, new Node(new Dequantize(), [integers], [real]) { Source = node.Source }]);
    }
}
