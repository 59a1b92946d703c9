using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The shape that two shapes broadcast to. Inputs: both shapes as tensors of integers.</summary>
internal sealed record BroadcastShapes : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Require(
            check.Output().ElementCount == Math.Max(check.Input(0).ElementCount, check.Input(1).ElementCount), "The output has another number of sizes than the longer input.");
    }
}
