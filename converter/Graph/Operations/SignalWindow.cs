using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Frames of samples (input 0, int16, [.., frame]), each multiplied by a window (input 1, int16, [frame]): sample x weight / 2^<paramref name="Shift"/>,
/// rounded down and clamped.
/// </summary>
/// <param name="Shift">Fraction bits of the weights, 0 to 31.</param>
internal sealed record SignalWindow(int Shift) : SignalOperation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        int weights = check.Input(1).ElementCount;
        check.SameShape(check.Input(0));
        check.Require(weights > 0 && check.Input(0).ElementCount % weights == 0, $"{check.Input(0)} does not divide into frames of the {weights} weights.");
    }
}
