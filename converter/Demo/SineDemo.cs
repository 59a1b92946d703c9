using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Report;

namespace EdgeQuant.Converter.Demo;

/// <summary>The whole way on a network made here: train, quantize, convert, self-test, run.</summary>
internal static class SineDemo
{
    /// <summary>The largest error that the model file may make, whatever seed the network was trained from.</summary>
    private const double LargestAllowedError = 0.05;

    private const int Intervals = 256;

    /// <summary>Runs the demonstration; the same on every run.</summary>
    /// <param name="cancellation">Ends it between two of its steps.</param>
    /// <returns>The <c>.eqm</c> file and how it did.</returns>
    public static (byte[] File, SineDemoReport Report) Run(CancellationToken cancellation)
    {
        SineNetwork network = SineNetwork.Train();
        cancellation.ThrowIfCancellationRequested();
        ReportedConversion conversion = Convert(network);
        cancellation.ThrowIfCancellationRequested();
        ModelRunner runner = ModelRunner.Load(conversion.File);
        SinePoint[] points = [.. Enumerable.Range(0, Intervals + 1).Select(i => Point(network, runner, SineNetwork.Largest * i / Intervals))];
        return (conversion.File, new SineDemoReport(
            conversion.Report,
            points.Average(point => Math.Abs(point.Float - point.Sine)),
            points.Average(point => Math.Abs(point.Int8 - point.Sine)),
            points.Max(point => Math.Abs(point.Int8 - point.Sine)),
            LargestAllowedError,
            points));
    }

    /// <summary>The network's source is its parameters as float32, layer after layer.</summary>
    private static ReportedConversion Convert(SineNetwork network)
    {
        NetworkGraph graph = SineQuantization.Quantize(network);
        float[] parameters = [.. network.Layers.SelectMany(layer => layer.Parameters).Select(parameter => (float)parameter)];
        byte[] source = MemoryMarshal.AsBytes(parameters.AsSpan()).ToArray();
        return ReportedConversion.Of(graph, source, "demo", new ConversionOptions { SourceName = "sine" });
    }

    private static SinePoint Point(SineNetwork network, ModelRunner runner, double angle)
    {
        Span<float> input = [(float)angle];
        Span<float> output = [0];
        runner.Run(MemoryMarshal.AsBytes(input), MemoryMarshal.AsBytes(output));
        return new SinePoint(angle, Math.Sin(angle), network.Predict(angle), output[0]);
    }
}
