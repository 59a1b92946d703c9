using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Noise reduction: what a band (input 0, 32 unsigned bits) has had for long, by a smoothing filter, is taken off it (output 0), but for a part
/// that always remains. The estimates of the noise are output 1, and the state (input 1), which the node writes too.
/// </summary>
/// <param name="Even">What smooths bands with even numbers.</param>
/// <param name="Odd">What smooths bands with odd numbers.</param>
/// <param name="Remaining">The part of a band that always remains, in units of 2^-<paramref name="SubtractionBits"/>.</param>
/// <param name="SmoothingBits">Fraction bits of the estimates, 0 to 31.</param>
/// <param name="SubtractionBits">Fraction bits of the coefficients, 0 to 31.</param>
/// <param name="Clamps">True if an estimate above its band is brought down to it.</param>
internal sealed record SignalFilterBankSpectralSubtraction(
    SmoothingFilter Even, SmoothingFilter Odd, int Remaining, int SmoothingBits, int SubtractionBits, bool Clamps) : SignalOperation
{
    public const int State = 1;

    public override Operands Takes() => Operands.Of(2) with { FewestOutputs = 2, MostOutputs = 2 };

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
        check.HasElements(check.Input(State), check.Input(0).ElementCount);
        check.HasElements(check.Output(1), check.Input(0).ElementCount);
    }
}
