using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Input 0 in the integers of output 0's quantization: quantizes real numbers, or requantizes integers from one quantization (and type) to
/// another.
/// </summary>
internal sealed record Quantize : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
    }
}
