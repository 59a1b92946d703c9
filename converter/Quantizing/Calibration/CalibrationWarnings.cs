using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Looks for what may be wrong with samples that a network was calibrated on.</summary>
/// <param name="graph">The network.</param>
/// <param name="samples">The samples.</param>
/// <param name="statistics">What they made of the network's activations.</param>
/// <param name="recipe">Which ranges were declared.</param>
internal sealed class CalibrationWarnings(NetworkGraph graph, SampleSet samples, CalibrationStatistics statistics, Recipe recipe)
{
    private const int FewSamples = 32;

    /// <summary>A range moves if the second half of the samples adds so much of its width.</summary>
    private const double Moving = 0.15;

    /// <summary>The share of the tensors whose ranges may move before it says something of the samples.</summary>
    private const double MovingShare = 0.25;

    /// <summary>Means of halves that lie so many standard errors apart are not alike.</summary>
    private const double StandardErrors = 4;

    /// <summary>An input that uses less than this share of its declared range is scaled wrongly.</summary>
    private const double LeastUse = 0.05;

    /// <summary>Fewer dead channels of a tensor are usual.</summary>
    private const double DeadShare = 0.1;

    /// <summary>Nearly all values, in percent.</summary>
    private const double NearlyAll = 99.9;

    /// <summary>Values so many times as far out as nearly all others are outliers.</summary>
    private const double Far = 10;

    /// <summary>With fewer values the tail of a distribution is not known.</summary>
    private const long FewValues = 10_000;

    /// <summary>Everything that was found; the most important first.</summary>
    public static IReadOnlyList<CalibrationWarning> Of(NetworkGraph graph, SampleSet samples, CalibrationStatistics statistics, Recipe recipe)
    {
        CalibrationWarnings warnings = new(graph, samples, statistics, recipe);
        return
        [
            .. graph.Inputs.Select(warnings.InputOffRange).OfType<CalibrationWarning>(),
            .. new[] { warnings.Few(), warnings.MovingRanges() }.OfType<CalibrationWarning>(),
            .. ClassCoverage.Of(graph, samples),
            .. new[] { warnings.Outliers(), warnings.Constants(), warnings.DeadChannels() }.OfType<CalibrationWarning>(),
        ];
    }

    private CalibrationWarning? Few()
    {
        int count = samples.Count;
        return count >= FewSamples
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.FewSamples,
                $"There {(count == 1 ? "is 1 sample" : $"are {count} samples")} to calibrate with: values on the device may go beyond what was seen. A few hundred that cover all classes and conditions are a good number.", []);
    }

    /// <summary>Of few samples it is no news that some reach further than others: their number is warned of, and ranges leave room for more.</summary>
    private CalibrationWarning? MovingRanges()
    {
        (TensorStatistics Tensor, double Share)[] moving =
        [
            .. Varying().Select(tensor => (tensor, MovedBy(tensor))).Where(moved => moved.Item2 > Moving).OrderByDescending(moved => moved.Item2),
        ];
        return samples.Count < FewSamples || moving.Length == 0 || moving.Length < MovingShare * statistics.Tensors.Count
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.MovingRanges,
                $"Ranges have not settled: the second half of the {samples.Count} samples widens {moving.Length} of {statistics.Tensors.Count} by more than {Moving:P0}, {CalibrationWarning.Shown(moving[0].Tensor.Name)} by {moving[0].Share:P0}. "
                    + "The halves differ by more than chance: shuffle samples that are sorted, or give more.",
                [.. moving.Select(moved => moved.Tensor.Name)]);
    }

    /// <summary>
    /// The share of a tensor's range that only the second half of the samples reaches; 0 where the halves are alike, so that chance alone makes one
    /// of them reach further.
    /// </summary>
    private static double MovedBy(TensorStatistics tensor)
    {
        if (!Differ(tensor.RecordMaximum) && !Differ(tensor.RecordMinimum))
        {
            return 0;
        }

        int half = tensor.RecordMinimum.Length / 2;
        double width = (double)tensor.Maximum - tensor.Minimum;
        double first = (double)tensor.RecordMaximum.Take(half).Max() - tensor.RecordMinimum.Take(half).Min();
        return (width - first) / width;
    }

    /// <summary>True if the mean of the first half lies further from that of the second than chance explains (Welch's t).</summary>
    private static bool Differ(float[] extremes)
    {
        int half = extremes.Length / 2;
        (double firstMean, double firstError) = MeanAndError(extremes.AsSpan(0, half));
        (double secondMean, double secondError) = MeanAndError(extremes.AsSpan(half));
        return Math.Abs(firstMean - secondMean) > StandardErrors * Math.Sqrt(firstError + secondError);
    }

    /// <summary>The mean, and its squared standard error.</summary>
    private static (double Mean, double SquaredError) MeanAndError(ReadOnlySpan<float> values)
    {
        double mean = 0;
        foreach (float value in values)
        {
            mean += (double)value / values.Length;
        }

        double squares = 0;
        foreach (float value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares / (values.Length - 1) / values.Length);
    }

    private CalibrationWarning? InputOffRange(Tensor input)
    {
        if (!statistics.Tensors.TryGetValue(input, out TensorStatistics? seen) || DeclaredRange(input) is not TensorRange declared)
        {
            return null;
        }

        double outside = seen.Outside(declared.Minimum, declared.Maximum);
        double use = ((double)seen.Maximum - seen.Minimum) / ((double)declared.Maximum - declared.Minimum);
        string what = outside > 0 ? $"{outside:P2} of its values lie outside" : $"all its values lie in {use:P1} of its width";
        return outside <= 0 && use >= LeastUse
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.InputOffRange,
                $"Input '{input.Name}' is off its declared range of {declared.Minimum} to {declared.Maximum}: {what}, from {seen.Minimum} to {seen.Maximum}. Prepare samples as the network was trained: scale and offset of their numbers.",
                [input.Name]);
    }

    private TensorRange? DeclaredRange(Tensor input)
    {
        if (RecipeMatcher.RuleOf(input, recipe)?.Range is (float minimum, float maximum))
        {
            return new TensorRange(minimum, maximum);
        }

        return input.Quantization is { IsPerChannel: false } quantization && input.Type is DataType.Int8 or DataType.UInt8 or DataType.Int16
            ? InputRange.Of(input.Type, input.Quantization!)
            : null;
    }

    private CalibrationWarning? Outliers()
    {
        (TensorStatistics Tensor, double Times)[] far =
        [
            .. Varying().Where(tensor => tensor.Count >= FewValues)
                .Select(tensor => (tensor, Times: tensor.Magnitude / Math.Max(Methods.PercentileRange.MagnitudeOf(tensor, NearlyAll), float.Epsilon)))
                .Where(found => found.Times > Far).OrderByDescending(found => found.Times),
        ];
        if (far.Length == 0)
        {
            return null;
        }

        string[] names = [.. far.Select(found => found.Tensor.Name)];
        return new CalibrationWarning(
            CalibrationWarningKind.Outliers,
            $"A few values reach far beyond all others in {CalibrationWarning.Listed(names)}: in {CalibrationWarning.Shown(names[0])} up to {far[0].Times:F0} times as far as {NearlyAll} % of them. "
                + "The range of all values would leave few levels for most: calibrate by percentile or mean squared error, or look for broken samples.",
            names);
    }

    private CalibrationWarning? Constants()
    {
        string[] names = [.. statistics.Tensors.Values.Where(tensor => tensor.IsConstant && samples.Count > 1).Select(tensor => tensor.Name)];
        return names.Length == 0
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.ConstantTensors,
                $"The same number stands everywhere, on all samples, in {CalibrationWarning.Listed(names)}: whatever else comes there on the device will be clipped. Give samples that are like those the device will see.",
                names);
    }

    private CalibrationWarning? DeadChannels()
    {
        (TensorStatistics Tensor, int Dead)[] dead =
        [
            .. graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Rank == 4).Distinct()
                .Select(output => statistics.Tensors.GetValueOrDefault(output)).OfType<TensorStatistics>().Where(tensor => !tensor.IsConstant)
                .Select(tensor => (tensor, Dead: Enumerable.Range(0, tensor.Channels.Count).Count(tensor.Channels.IsConstant)))
                .Where(found => found.Dead > DeadShare * found.tensor.Channels.Count).OrderByDescending(found => found.Dead),
        ];
        string[] names = [.. dead.Select(found => found.Tensor.Name)];
        return dead.Length == 0
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.DeadChannels,
                $"Many channels never change in {CalibrationWarning.Listed(names)}: in {CalibrationWarning.Shown(names[0])} {dead[0].Dead} of {dead[0].Tensor.Channels.Count}. The network may not need them, or the samples do not show what they are for.",
                names);
    }

    private IEnumerable<TensorStatistics> Varying()
    {
        return statistics.Tensors.Values.Where(tensor => !tensor.IsConstant);
    }
}
