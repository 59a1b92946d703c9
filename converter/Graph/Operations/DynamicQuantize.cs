using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Input 0, real numbers, in 8-bit integers (output 0) whose scale is found for each record (output 1, int32 [3], <see cref="DynamicScale"/>).
/// The host does it.
/// </summary>
internal sealed record DynamicQuantize : Operation
{
    public override Operands Takes() => new(1, 1, 2, 2);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
        check.HasElements(check.Output(1), DynamicScale.Elements);
    }
}
