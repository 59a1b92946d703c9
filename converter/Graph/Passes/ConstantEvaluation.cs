using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Computes nodes on the desktop whose results do not depend on the network's inputs.</summary>
internal static class ConstantEvaluation
{
    /// <summary>The bytes of each output; null if they are not known.</summary>
    public static byte[][]? Outputs(Node node)
    {
        return node.Operation switch
        {
            MovementOperation => Moved(node),
            ShapeOf => Integers(node, [.. node.Input(0).Shape.Select(size => (long)size)]),
            RankOf => Integers(node, [node.Input(0).Rank]),
            BroadcastShapes => Integers(node, IntegerEvaluation.BroadcastShapes(node)),
            NumberRange => Integers(node, IntegerEvaluation.NumberRange(node)),
            ReduceProduct => Integers(node, IntegerEvaluation.Product(node)),
            Arithmetic operation => Integers(node, IntegerEvaluation.Arithmetic(node, operation)) ?? Real(node),
            Unary operation => Integers(node, IntegerEvaluation.Unary(node, operation)) ?? Real(node),
            _ => Real(node),
        };
    }

    private static byte[][]? Real(Node node)
    {
        return HostSteps.Evaluate(node) is byte[] result ? [result] : null;
    }

    private static byte[][]? Moved(Node node)
    {
        if (Movements.Resolve(node)?.Movements is not IReadOnlyList<TensorMovement> movements)
        {
            return null;
        }

        bool known = movements.All(movement =>
            movement.Target.Type.Bytes() > 0 && movement.Regions.All(region => region.Source.IsConstant || region.Source == movement.Target));
        return known ? [.. movements.Select(movement => MovementExecutor.Run(movement, source => source.Data!.Value))] : null;
    }

    private static byte[][]? Integers(Node node, long[]? values)
    {
        return values?.Length == node.Output().ElementCount && IntegerConstant.Bytes(node.Output().Type, values) is byte[] bytes ? [bytes] : null;
    }
}
