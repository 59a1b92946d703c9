using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>x, or <paramref name="Alpha"/> x where x is negative: input 0 to output 0 of the same shape.</summary>
/// <param name="Alpha">The slope below zero; it may be negative or above 1.</param>
internal sealed record LeakyRelu(float Alpha) : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
        check.Require(float.IsFinite(Alpha), $"Its slope is {Alpha}; it must be a finite number.");
    }
}
