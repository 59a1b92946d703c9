using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Square roots of sums (input 0, 64 unsigned bits), rounded to nearest, then shifted right (input 1, int32, one element): 32 unsigned bits.</summary>
internal sealed record SignalFilterBankSquareRoot : SignalOperation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
        check.HasElements(check.Input(1), 1);
    }
}
