using EdgeQuant.Converter.Graph.Checks;
using SampleStatistic = EdgeQuant.Runtime.Operators.SampleStatistic;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Statistics of each channel of a frame (int16, [.., channels]) as int32 [statistics, channels]: means and deviations have 8 fraction bits, the
/// others none.
/// </summary>
/// <param name="Statistics">Which, in their order.</param>
internal sealed record SignalStatistics(IReadOnlyList<SampleStatistic> Statistics) : SignalOperation
{
    /// <summary>What 1 becomes, of means and deviations.</summary>
    public const int FractionScale = 1 << 8;

    /// <summary>The most samples of a frame.</summary>
    public const int MostSamples = 4096;

    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        int[] shape = check.Input(0).Shape;
        if (check.Require(shape.Length > 0, "The input is a scalar; needed are samples of channels."))
        {
            check.OutputIs([Statistics.Count, shape[^1]]);
        }
    }
}
