using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Real numbers from the quantized integers (or the half-precision numbers) of input 0.</summary>
internal sealed record Dequantize : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
    }
}
