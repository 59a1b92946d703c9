using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Real numbers from 8-bit integers (input 0) whose scale was found at run time (input 1, int32 [3], <see cref="DynamicScale"/>). The host does it.</summary>
internal sealed record DynamicDequantize : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
        check.HasElements(check.Input(1), DynamicScale.Elements);
    }
}
