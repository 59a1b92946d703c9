using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function of two tensors, broadcast against each other, element by element: inputs 0 and 1 to output 0.</summary>
internal sealed record Arithmetic(ArithmeticFunction Function, Activation Activation) : Operation
{
    public override string Name => Function.ToString();

    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Broadcasts(check.Input(0), check.Input(1));
    }
}
