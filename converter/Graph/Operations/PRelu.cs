using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Parametric rectifier: x from 0, slope times x below. Inputs: data, slopes, broadcast against each other.</summary>
internal sealed record PRelu : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Broadcasts(check.Input(0), check.Input(1));
    }
}
