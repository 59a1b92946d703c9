using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter;

/// <summary>The whole way from a trained network's file to a model file.</summary>
internal static class ModelConverter
{
    /// <summary>Converts a network's file.</summary>
    /// <exception cref="UnknownFormatException">The file is of no format that is known.</exception>
    /// <exception cref="TfliteFormatException">The file is a malformed TensorFlow Lite file.</exception>
    /// <exception cref="OnnxFormatException">The file is a malformed ONNX file.</exception>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="InvalidDataException">The inputs for the self-test are no whole records.</exception>
    public static ConversionResult Convert(ReadOnlyMemory<byte> source, ConversionOptions options)
    {
        return Convert(NetworkFile.Import(source, options.ImportOptions), source, options);
    }

    /// <summary>Converts a network that was imported already.</summary>
    /// <param name="network">The network, which is rewritten.</param>
    /// <param name="source">The bytes of its file.</param>
    /// <param name="options">What the conversion is told.</param>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="InvalidDataException">The inputs for the self-test are no whole records.</exception>
    /// <exception cref="RecipeException">The recipe has rules that match nothing, schemes that cannot be, or real numbers.</exception>
    /// <exception cref="SamplesNeededException">There are no samples to quantize with, and the recipe does not give every range.</exception>
    public static ConversionResult Convert(ImportedNetwork network, ReadOnlyMemory<byte> source, ConversionOptions options)
    {
        return options.Quantization is QuantizationOptions quantization
            ? Quantized(network, source, options, quantization)
            : GraphConverter.Convert(Simplified(network, options), source.Span, network.Importer, options);
    }

    /// <summary>A network of integers already, which stands in ONNX as one of real numbers between conversions.</summary>
    private static NetworkGraph Simplified(ImportedNetwork network, ConversionOptions options)
    {
        if (network.Importer == "onnx")
        {
            GraphCheck.Run(network.Graph);
            FloatPassList.Run(network.Graph, (pass, _) => options.AfterPass?.Invoke(network.Graph, pass.Name));
        }

        return network.Graph;
    }

    private static ConversionResult Quantized(ImportedNetwork network, ReadOnlyMemory<byte> source, ConversionOptions options, QuantizationOptions quantization)
    {
        RecipeCheck.RequireIntegers(quantization.Recipe);
        options.AfterPass?.Invoke(network.Graph, ConversionOptions.Import);
        QuantizationResult quantized = QuantizationPipeline.Run(network.Graph, quantization, options.AfterPass);
        GraphCopy copy = GraphCopy.Of(quantized.Network.Graph);
        PipelineSteps steps = new(quantization.Progress, quantization.Cancellation);
        ConversionOptions rest = options with { AfterPass = (graph, pass) => options.AfterPass?.Invoke(graph, pass == ConversionOptions.Import ? ConversionOptions.Quantize : pass) };
        ConversionResult result = steps.Run("pack", () => GraphConverter.Convert(copy.Graph, source.Span, network.Importer, rest));
        return result with { Quantization = quantized with { Steps = [.. quantized.Steps, .. steps.Timings] }, Lowered = copy };
    }
}
