using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// The energy in each bin of a spectrum (int16, real and imaginary parts in turn): the square of its magnitude, 32 unsigned bits; 0 outside of
/// the bins from <paramref name="Start"/> to before <paramref name="End"/>, which the reference leaves undefined.
/// </summary>
internal sealed record SignalEnergy(int Start, int End) : SignalOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        int bins = check.Output().ElementCount;
        check.HasElements(check.Input(0), 2 * bins);
        check.Require(Start >= 0 && Start <= End && End <= bins, $"The bins {Start} to {End} do not lie among the output's {bins}.");
    }
}
