using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Sums of energies (input 0, 32 unsigned bits) over overlapping bands, 64 unsigned bits each. Bins come in groups, one more than bands: a group
/// counts with its weights towards the band before it, with its counterweights towards its own.
/// </summary>
internal sealed record SignalFilterBank : SignalOperation
{
    public const int Data = 0;
    public const int Weights = 1;
    public const int Counterweights = 2;
    public const int FirstBins = 3;
    public const int FirstWeights = 4;
    public const int Bins = 5;

    public override Operands Takes() => Operands.Of(6);

    public override void Check(NodeCheck check)
    {
        int groups = check.Output().ElementCount + 1;
        check.HasElements(check.Input(Counterweights), check.Input(Weights).ElementCount);
        check.HasElements(check.Input(FirstBins), groups);
        check.HasElements(check.Input(FirstWeights), groups);
        check.HasElements(check.Input(Bins), groups);
    }
}
