using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Natural logarithms of bands (32 unsigned bits): log(band x 2^<paramref name="Shift"/>) x <paramref name="Scale"/>, int16.</summary>
/// <param name="Shift">0 to 31.</param>
/// <param name="Scale">What a logarithm of 1 becomes.</param>
internal sealed record SignalFilterBankLog(int Shift, int Scale) : SignalOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
    }
}
