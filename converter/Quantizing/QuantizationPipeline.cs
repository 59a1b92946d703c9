using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>The way from a float network to a quantized one: simplify, calibrate, repair, quantize.</summary>
internal static class QuantizationPipeline
{
    /// <summary>Quantizes a float network.</summary>
    /// <param name="graph">The network as it was imported and checked; it is simplified in place and then stays as it is.</param>
    /// <param name="options">How, and with which samples.</param>
    /// <param name="afterPass">Called with the graph after each pass.</param>
    /// <exception cref="UnsupportedNetworkException">The network has what cannot be executed or quantized: all reasons at once.</exception>
    /// <exception cref="SamplesNeededException">There are no samples, and the recipe does not give every range.</exception>
    public static QuantizationResult Run(NetworkGraph graph, QuantizationOptions options, Action<NetworkGraph, string>? afterPass = null)
    {
        PipelineSteps steps = new(options.Progress, options.Cancellation);
        _ = steps.Run("simplify", () => Simplified(graph, afterPass));
        ITensorRanges ranges = new ExplicitRanges(options.Recipe);
        QuantizedNetwork network = steps.Run("quantize", () => Quantizer.Run(graph, options.Recipe, ranges));
        return new QuantizationResult(graph, options.Recipe, network, ranges, [], steps.Timings, []);
    }

    private static NetworkGraph Simplified(NetworkGraph graph, Action<NetworkGraph, string>? afterPass)
    {
        FloatPassList.Run(graph, (pass, _) => afterPass?.Invoke(graph, pass.Name));
        return graph.Refusals.Count == 0 ? graph : throw new UnsupportedNetworkException([.. graph.Refusals]);
    }
}
