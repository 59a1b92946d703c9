using System.Globalization;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>Refuses conversions that lose more than they may, and says what would help.</summary>
internal static class DropLimit
{
    private const int MostReasons = 5;

    /// <summary>Checks a conversion.</summary>
    /// <param name="quality">What it kept.</param>
    /// <param name="most">The most points that it may lose.</param>
    /// <param name="result">How it was quantized.</param>
    /// <param name="samples">The samples that were measured.</param>
    /// <param name="options">What the search for what would help is told.</param>
    /// <exception cref="AccuracyException">It loses more.</exception>
    /// <exception cref="EvaluationException">Nothing was measured.</exception>
    public static void Require(ConversionQuality quality, double most, QuantizationResult result, SampleSet samples, SensitivityOptions options)
    {
        double drop = quality.Drop ?? throw new EvaluationException("A limit to what may be lost needs labels or targets: give --labels or --targets.");
        if (drop <= most)
        {
            return;
        }

        SensitivityResult sensitivity = SensitivityAnalysis.Run(result.Network.Source, result.Recipe, result.Ranges, samples, options with { MostDrop = most });
        throw new AccuracyException(Message(quality, drop, most), Reasons(sensitivity));
    }

    private static string Message(ConversionQuality quality, double drop, double most)
    {
        string measure = quality.Metric!.Value.ShortName();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The network would lose {drop:0.00} points of {measure} on {quality.Packed.Records} samples, {quality.Float.Points:0.00} % to {quality.Packed.Points:0.00} %; at most {most:0.00} are allowed.");
    }

    private static Refusal[] Reasons(SensitivityResult sensitivity)
    {
        Dictionary<int, SuggestedChange> changes = sensitivity.Changes.ToDictionary(change => change.Operator.Position);
        return
        [
            .. sensitivity.Operators.Where((cost, i) => i < MostReasons || changes.ContainsKey(cost.Position)).Select(cost => new Refusal(
                $"operator {cost.Position}, {cost.Kind} '{cost.Name}'",
                [],
                string.Create(CultureInfo.InvariantCulture, $"It makes {100 * cost.Share:0} % of the noise in the outputs, {cost.Scheme}.{Without(cost)}"),
                changes.TryGetValue(cost.Position, out SuggestedChange? change) ? Help(change) : "No change of its scheme alone helps much; try --repair auto, or more samples.")),
        ];
    }

    private static string Without(OperatorCost cost)
    {
        return cost.AllBut.Points is double points ? string.Create(CultureInfo.InvariantCulture, $" Without its quantization: {points:0.00} %.") : "";
    }

    private static string Help(SuggestedChange change)
    {
        string points = change.After.Points is double value ? string.Create(CultureInfo.InvariantCulture, $", {value:0.00} %") : "";
        return string.Create(CultureInfo.InvariantCulture, $"A rule for it in the recipe: {change.Change}. With this and those above: {change.After.Decibels:0.0} dB{points}.");
    }
}
