using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// The numbers that input 0's elements hold, in output 0's element type, whatever their quantization. Integers wrap around, real numbers
/// are cut towards zero, and to bool everything but 0 is true.
/// </summary>
internal sealed record Cast : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
    }
}
