using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Quantizing.Repair;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>The way from a float network to a quantized one: simplify, calibrate, repair, quantize.</summary>
internal static class QuantizationPipeline
{
    /// <summary>Quantizes a float network.</summary>
    /// <param name="graph">The network as it was imported and checked; it is simplified in place and then stays as it is.</param>
    /// <param name="options">How, and with which samples.</param>
    /// <param name="afterPass">Called with the graph after each pass.</param>
    /// <exception cref="UnsupportedNetworkException">The network has what cannot be executed or quantized: all reasons at once.</exception>
    /// <exception cref="DataException">The samples do not fit the network, or it makes numbers of them that are not finite.</exception>
    /// <exception cref="RecipeException">The recipe has rules that match nothing, or schemes that cannot be.</exception>
    /// <exception cref="SamplesNeededException">There are no samples, and the recipe does not give every range.</exception>
    public static QuantizationResult Run(NetworkGraph graph, QuantizationOptions options, Action<NetworkGraph, string>? afterPass = null)
    {
        PipelineSteps steps = new(options.Progress, options.Cancellation);
        IReadOnlyDictionary<Tensor, TensorRange> known = steps.Run("simplify", () => Simplified(graph, options.Recipe, afterPass));
        if (options.Recipe.Repair != new RepairScheme())
        {
            return Repaired(graph, options, known, steps);
        }

        CalibrationStatistics? statistics = options.Samples is SampleSet samples
            ? steps.Run("calibrate", samples.Count, progress => Calibrator.Run(graph, samples, progress, options.Cancellation))
            : null;
        MissingRanges missing = new();
        ITensorRanges ranges = new KnownRanges(known, statistics is null ? missing : statistics);
        QuantizedNetwork network = steps.Run("quantize", () => Quantizer.Run(graph, options.Recipe, ranges));
        Require(missing);
        return new QuantizationResult(graph, options.Recipe, network, ranges, statistics, [], steps.Timings, [.. Warnings(graph, options, statistics)]);
    }

    private static QuantizationResult Repaired(
        NetworkGraph graph, QuantizationOptions options, IReadOnlyDictionary<Tensor, TensorRange> known, PipelineSteps steps)
    {
        SampleSet samples = options.Samples ?? throw new SamplesNeededException("There are no samples, which the recipe's repairs are fitted to.");
        RepairResult repaired = RepairRun.Run(graph, options.Recipe, samples, known, steps);
        IEnumerable<string> warnings = Warnings(repaired.Network.Source, options, repaired.Statistics);
        return new QuantizationResult(
            graph, options.Recipe, repaired.Network, repaired.Ranges, repaired.Statistics, repaired.Outcomes, steps.Timings, [.. warnings]);
    }

    /// <summary>Simplifies the network, and finds what stands against it and against the recipe before samples are run.</summary>
    /// <returns>The ranges of activations that were quantized in the source.</returns>
    private static IReadOnlyDictionary<Tensor, TensorRange> Simplified(NetworkGraph graph, Recipe recipe, Action<NetworkGraph, string>? afterPass)
    {
        FloatPassList.Run(graph, (pass, _) => afterPass?.Invoke(graph, pass.Name));
        IReadOnlyDictionary<Tensor, TensorRange> known = new Dictionary<Tensor, TensorRange>();
        if (FloatForm.IsNeeded(graph) && graph.Refusals.Count == 0)
        {
            known = FloatForm.Make(graph);
            afterPass?.Invoke(graph, "float-form");
            FloatPassList.Run(graph, (pass, _) => afterPass?.Invoke(graph, pass.Name));
        }

        IReadOnlyList<Refusal> refusals = [.. graph.Refusals, .. NonFiniteCheck.Run(graph)];
        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }

        _ = RecipeMatcher.Schemes(graph, recipe);
        return known;
    }

    private static IEnumerable<string> Warnings(NetworkGraph graph, QuantizationOptions options, CalibrationStatistics? statistics)
    {
        return statistics is not null ? CalibrationWarnings.Of(graph, options.Samples!, statistics, options.Recipe).Select(warning => warning.Message) : [];
    }

    private static void Require(MissingRanges ranges)
    {
        const int Shown = 5;
        string[] names = [.. ranges.Tensors.Select(tensor => $"'{tensor.Name}'").Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            string more = names.Length > Shown ? $" and {names.Length - Shown} more" : "";
            throw new SamplesNeededException($"There are no samples, and the recipe gives no range for {names.Length} tensors: {string.Join(", ", names.Take(Shown))}{more}.");
        }
    }
}
