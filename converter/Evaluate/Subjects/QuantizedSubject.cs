using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A float network and what it becomes when it is quantized here.</summary>
/// <param name="Float">The float network, with the repairs to its weights made.</param>
/// <param name="Quantized">What it becomes: simulated, or packed.</param>
/// <param name="Result">How it was quantized.</param>
internal sealed record QuantizedSubject(GraphSubject Float, Subject Quantized, QuantizationResult Result)
{
    /// <summary>Quantizes a float network.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="network">The network as it was imported and checked; it is simplified.</param>
    /// <param name="file">The bytes of its file.</param>
    /// <param name="options">How it is quantized.</param>
    /// <param name="packed">True to convert it and run the file, false to simulate it.</param>
    /// <exception cref="UnsupportedNetworkException">It cannot be executed or quantized, or the device does not run what it becomes.</exception>
    /// <exception cref="SamplesNeededException">There are no samples, and the recipe does not give every range.</exception>
    public static QuantizedSubject Of(string name, ImportedNetwork network, ReadOnlyMemory<byte> file, QuantizationOptions options, bool packed)
    {
        if (packed)
        {
            ConversionResult conversion = ModelConverter.Convert(network, file, new ConversionOptions { SourceName = name, Quantization = options });
            return Of(name, conversion.Quantization!, PackedSubject.Of(name, conversion));
        }

        QuantizationResult result = QuantizationPipeline.Run(network.Graph, options);
        return Of(name, result, SubjectFile.OfQuantized(name, result.Network));
    }

    private static QuantizedSubject Of(string name, QuantizationResult result, Subject quantized)
    {
        return new QuantizedSubject(new GraphSubject(name, FloatExecutor.Of(result.Float), SubjectForm.Float), quantized, result);
    }
}
