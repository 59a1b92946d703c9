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
        _ = steps.Run("simplify", () => Simplified(graph, options.Recipe, afterPass));
        if (options.Samples is SampleSet known && options.Recipe.Repair.IsAny)
        {
            RepairResult repaired = RepairRun.Run(
                graph, options.Recipe, known, (network, records, progress) => Calibrator.Run(network, records, progress, options.Cancellation), steps);
            IEnumerable<string> warnings = Warnings(repaired.Network.Source, options, repaired.Ranges);
            return new QuantizationResult(graph, options.Recipe, repaired.Network, repaired.Ranges, repaired.Outcomes, steps.Timings, [.. warnings]);
        }

        ITensorRanges ranges = options.Samples is SampleSet samples
            ? steps.Run("calibrate", samples.Count, progress => Calibrator.Run(graph, samples, progress, options.Cancellation))
            : new MissingRanges();
        QuantizedNetwork network = steps.Run("quantize", () => Quantizer.Run(graph, options.Recipe, ranges));
        Require(ranges as MissingRanges);
        return new QuantizationResult(graph, options.Recipe, network, ranges, [], steps.Timings, [.. Warnings(graph, options, ranges)]);
    }

    /// <summary>Simplifies the network, and finds what stands against it and against the recipe before samples are run.</summary>
    private static NetworkGraph Simplified(NetworkGraph graph, Recipe recipe, Action<NetworkGraph, string>? afterPass)
    {
        FloatPassList.Run(graph, (pass, _) => afterPass?.Invoke(graph, pass.Name));
        IReadOnlyList<Refusal> refusals = [.. graph.Refusals, .. NonFiniteCheck.Run(graph)];
        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }

        _ = RecipeMatcher.Schemes(graph, recipe);
        return graph;
    }

    private static IEnumerable<string> Warnings(NetworkGraph graph, QuantizationOptions options, ITensorRanges ranges)
    {
        return ranges is CalibrationStatistics statistics ? CalibrationWarnings.Of(graph, options.Samples!, statistics, options.Recipe).Select(warning => warning.Message) : [];
    }

    private static void Require(MissingRanges? ranges)
    {
        const int Shown = 5;
        string[] names = [.. (ranges?.Tensors ?? []).Select(tensor => $"'{tensor.Name}'").Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            string more = names.Length > Shown ? $" and {names.Length - Shown} more" : "";
            throw new SamplesNeededException($"There are no samples, and the recipe gives no range for {names.Length} tensors: {string.Join(", ", names.Take(Shown))}{more}.");
        }
    }
}
