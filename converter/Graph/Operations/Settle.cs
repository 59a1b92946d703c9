using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 8-bit integers (input 0) whose scale was found at run time (input 1, int32 [3], <see cref="DynamicScale"/>) in the integers of output 0's
/// quantization: for operations that need to know it beforehand. What does not fit is clamped.
/// </summary>
internal sealed record Settle : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
        check.HasElements(check.Input(1), DynamicScale.Elements);
    }
}
