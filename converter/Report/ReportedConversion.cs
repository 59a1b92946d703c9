using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;

namespace EdgeQuant.Converter.Report;

/// <summary>A conversion and what it achieved.</summary>
/// <param name="File">The <c>.eqm</c> file.</param>
/// <param name="Report">Sizes, operators, passes, warnings.</param>
/// <param name="Result">The conversion itself.</param>
internal sealed record ReportedConversion(byte[] File, ConversionReport Report, ConversionResult Result)
{
    private const double PlanTolerance = 1.02;

    /// <summary>Converts a network's file.</summary>
    /// <exception cref="Import.UnknownFormatException">The file is of no format that is known.</exception>
    /// <exception cref="Import.TensorFlowLite.TfliteFormatException">The file is a malformed TensorFlow Lite file.</exception>
    /// <exception cref="Import.Onnx.OnnxFormatException">The file is a malformed ONNX file.</exception>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="InvalidDataException">The inputs for the self-test are no whole records.</exception>
    /// <exception cref="SelfCheckException">The file does not give the outputs that it was packed with.</exception>
    public static ReportedConversion Of(byte[] source, ConversionOptions options)
    {
        return Of(source.Length, options, watched => ModelConverter.Convert(source, watched));
    }

    /// <summary>Converts a network that was imported already.</summary>
    /// <param name="network">The network; the passes rewrite it.</param>
    /// <param name="source">The bytes of its file.</param>
    /// <param name="options">What the conversion is told.</param>
    public static ReportedConversion Of(ImportedNetwork network, byte[] source, ConversionOptions options)
    {
        return Of(source.Length, options, watched => ModelConverter.Convert(network, source, watched));
    }

    /// <summary>Converts a graph that was not read from a file.</summary>
    /// <param name="graph">The network; the passes rewrite it.</param>
    /// <param name="source">What it was made from.</param>
    /// <param name="importer">Who made it.</param>
    /// <param name="options">What the conversion is told.</param>
    public static ReportedConversion Of(NetworkGraph graph, byte[] source, string importer, ConversionOptions options)
    {
        return Of(source.Length, options, watched => GraphConverter.Convert(graph, source, importer, watched));
    }

    private static ReportedConversion Of(int sourceBytes, ConversionOptions options, Func<ConversionOptions, ConversionResult> convert)
    {
        List<PassReport> passes = [];
        ConversionResult result = convert(options with
        {
            AfterPass = (graph, pass) =>
            {
                passes.Add(new PassReport(pass, graph.Nodes.Count));
                options.AfterPass?.Invoke(graph, pass);
            },
        });
        ModelReport model = ModelInspector.Inspect(result.File);
        ConversionReport report = new(
            sourceBytes,
            result.File.Length,
            result.Plan.Bytes,
            result.Plan.LowerBound,
            result.Plan.InPlace,
            model.StateBytes,
            model.LoadBytes,
            passes[0].Nodes,
            model.Operators.Count,
            result.Graph.HostBefore.Count + result.Graph.HostAfter.Count,
            model.Macs,
            model.SelfTestRecords,
            passes,
            [.. Warnings(sourceBytes, result)]);
        return new ReportedConversion(result.File, report, result);
    }

    private static IEnumerable<string> Warnings(int sourceBytes, ConversionResult result)
    {
        foreach (string warning in result.Quantization?.Warnings ?? [])
        {
            yield return warning;
        }

        foreach (string note in result.Graph.Notes)
        {
            yield return note;
        }

        if (result.File.Length > sourceBytes)
        {
            yield return $"The file is larger than its source: {result.File.Length} bytes against {sourceBytes}.";
        }

        if (result.Plan.Bytes > result.Plan.LowerBound * PlanTolerance)
        {
            yield return $"The arena could be planned better: {result.Plan.Bytes} bytes; {result.Plan.LowerBound} are alive at once.";
        }
    }
}
