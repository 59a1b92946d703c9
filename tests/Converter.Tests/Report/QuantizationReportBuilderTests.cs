using System.Text;
using System.Text.Json;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Report;
using EdgeQuant.Converter.Report.Page;
using EdgeQuant.Converter.Report.Quality;
using EdgeQuant.Converter.Tests.Lower;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Report;

/// <summary>Reports of networks that came quantized.</summary>
public sealed class QuantizationReportBuilderTests
{
    private static readonly DateTimeOffset Made = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Edges_follow_the_bytes_through_joins_that_became_views()
    {
        QuantizationReport report = Report();
        string[] kinds = [.. report.Operators.Select(op => op.Kind)];
        Assert.Equal(["Quantize", "FullyConnected", "FullyConnected", "FullyConnected", "Dequantize"], kinds);
        Assert.Equal([OperatorPlace.HostBefore, OperatorPlace.Device, OperatorPlace.Device, OperatorPlace.Device, OperatorPlace.HostAfter], report.Operators.Select(op => op.Place));
        Assert.Equal(["h0", "0", "1", "2", "h1"], report.Operators.Select(op => op.Number), StringComparer.Ordinal);
        (int?, int?)[] expected = [(null, 0), (0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, null)];
        Assert.Equal(expected, report.Edges.Select(edge => (edge.From, edge.To)).OrderBy(edge => edge.From ?? -1).ThenBy(edge => edge.To ?? 99));
    }

    [Fact]
    public void Weights_are_described_with_scales_range_and_histogram()
    {
        QuantizationReport report = Report();
        OperatorQuality op = report.Operators[1];
        Assert.Equal(("int8 per channel", 8, 8), (op.Weights, op.WeightBits, op.ActivationBits));
        TensorQuality weights = report.Tensors[op.Inputs[1]!.Value];
        Assert.Equal((TensorRole.Weights, 12L, 0), (weights.Role, weights.Bytes, weights.Axis));
        Assert.Equal([0.5, 0.25, 0.125], weights.Scales);
        Assert.Equal((-64.0, 63.5), (weights.Range!.Minimum, weights.Range.Maximum));
        Assert.Equal(12, weights.Histogram!.Counts.Sum());
        Assert.Equal((-4.0, 1.5), (weights.Observed!.Minimum, weights.Observed.Maximum));
        Assert.Null(op.Error);
        Assert.Equal("weights int8 per channel; activations 8 bits", report.Subject.Scheme);
    }

    [Theory]
    [InlineData(2, 16, 1, "4-bit codebook per tensor")]
    [InlineData(3, 5, 1, "3-bit codebook per tensor")]
    [InlineData(1, 16, 2, "4-bit codebook per channel")]
    public void Shared_weights_are_said_to_be_what_is_stored_of_them(int seed, int entries, int channels, string scheme)
    {
        Random random = new(seed);
        sbyte[] codebook = [.. Enumerable.Range(-entries / 2, entries).Select(value => (sbyte)value)];
        byte[] data = [.. Enumerable.Range(0, channels * 12).Select(_ => (byte)codebook[random.Next(entries)])];
        Tensor weights = new("weights", DataType.Int8, [channels, 12])
        {
            Data = data,
            Quantization = new Quantization([.. Enumerable.Repeat(0.5f, channels)], [.. Enumerable.Repeat(0L, channels)], 0),
            Shared = new SharedWeights([codebook], 0),
        };
        TensorList tensors = new(new HashSet<Tensor> { weights }, new Dictionary<Tensor, TensorObservation>());
        tensors.PositionOf(weights);
        TensorQuality described = Assert.Single(tensors.Described());
        Assert.Equal(scheme, SchemeText.Of(weights));
        Assert.Equal(weights.Shared.IndexBits, SchemeText.Bits(weights));
        Assert.StartsWith(described.Type, scheme, StringComparison.Ordinal);
        Assert.Equal(SharedLayout.Bytes(channels, 12, weights.Shared.IndexBits, entries, 1), described.Bytes);
    }

    [Fact]
    public void Figures_are_those_of_the_conversion()
    {
        (QuantizationReport report, ConversionReport conversion) = Reported();
        Assert.Equal((conversion.FileBytes, conversion.ArenaBytes, conversion.Macs), ((int)report.Sizes.FileBytes, report.Arena.Bytes, report.Sizes.Macs));
        Assert.Equal(report.Sizes.Macs, report.Operators.Sum(op => op.Macs));
        Assert.Equal(report.Sizes.FileBytes, report.Sizes.Sections.Sum(section => section.Bytes) + Padding(report));
        Assert.Equal(Made, report.Subject.Made);
    }

    [Fact]
    public void The_json_twin_has_what_the_page_has()
    {
        QuantizationReport report = Report();
        using JsonDocument json = JsonDocument.Parse(QuantizationReportJson.Write(report));
        JsonElement root = json.RootElement;
        Assert.Equal(report.Operators.Count, root.GetProperty("operators").GetArrayLength());
        Assert.Equal("hostBefore", root.GetProperty("operators")[0].GetProperty("place").GetString());
        Assert.Equal(report.Arena.Bytes, root.GetProperty("arena").GetProperty("bytes").GetInt32());
        string page = Encoding.UTF8.GetString(HtmlReport.Write(report, "report.json"));
        Assert.All(report.Operators, op => Assert.Contains(op.Name, page, StringComparison.Ordinal));
        Assert.Contains("report.json", page, StringComparison.Ordinal);
    }

    private static QuantizationReport Report()
    {
        return Reported().Report;
    }

    private static (QuantizationReport Report, ConversionReport Conversion) Reported()
    {
        ConversionOptions options = new() { SourceName = "small.tflite" };
        ReportedConversion reported = ReportedConversion.Of(Network(), new byte[10_000], "tflite", options);
        ConversionResult conversion = GraphConverter.Convert(Network(), new byte[10_000], "tflite", options);
        return (QuantizationReportBuilder.Build(new ReportSource(conversion, reported.Report, Made)), reported.Report);
    }

    /// <summary>Two layers side by side on a float input, joined, and a third layer.</summary>
    private static NetworkGraph Network()
    {
        Tensor real = new("real", DataType.Float32, [1, 4]);
        Tensor data = SmallNetwork.Tensor("data", DataType.Int8, [1, 4], 0.1f, 3);
        Tensor left = SmallNetwork.Tensor("left", DataType.Int8, [1, 3], 2);
        Tensor right = SmallNetwork.Tensor("right", DataType.Int8, [1, 3], 2);
        Tensor joined = SmallNetwork.Tensor("joined", DataType.Int8, [1, 6], 2);
        Tensor scores = SmallNetwork.Tensor("scores", DataType.Int8, [1, 12], 4);
        Tensor result = new("result", DataType.Float32, [1, 12]);
        Tensor third = SmallNetwork.Constant("third", DataType.Int8, [12, 6], SmallNetwork.Numbers<sbyte>(new Random(1), 72, -100, 100), new Quantization([.. Enumerable.Repeat(0.1f, 12)], new long[12], 0));
        return SmallNetwork.Graph(
            [real],
            [result],
            new Node(new Quantize(), [real], [data]),
            new Node(new FullyConnected(Activation.None), [data, Weights("first"), null], [left]),
            new Node(new FullyConnected(Activation.None), [data, Weights("second"), null], [right]),
            new Node(new Concatenation(1), [left, right], [joined]),
            new Node(new FullyConnected(Activation.Relu), [joined, third, null], [scores]),
            new Node(new Dequantize(), [scores], [result]));
    }

    private static Tensor Weights(string name)
    {
        sbyte[] values = [1, 2, 3, -8, 4, -5, 6, 0, 2, 2, 2, 1];
        return SmallNetwork.Constant(name, DataType.Int8, [3, 4], values, new Quantization([0.5f, 0.25f, 0.125f], [0, 0, 0], 0));
    }

    private static long Padding(QuantizationReport report)
    {
        return report.Sizes.Sections.Zip(report.Sizes.Sections.Skip(1), (section, next) => next.Offset - (section.Offset + section.Bytes)).Sum();
    }
}
