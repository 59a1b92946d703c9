using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Report;
using EdgeQuant.Converter.Report.Quality;
using EdgeQuant.Converter.Tests.Evaluate;
using EdgeQuant.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace EdgeQuant.Browser.Tests;

/// <summary>The report of a float network that was really quantized, in a real browser.</summary>
public sealed class FloatReportTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Phone = 390;
    private const int Desk = 1280;

    [Theory]
    [InlineData(Phone, ColorScheme.Light)]
    [InlineData(Phone, ColorScheme.Dark)]
    [InlineData(Desk, ColorScheme.Light)]
    [InlineData(Desk, ColorScheme.Dark)]
    public async Task A_classifier_s_report_tells_what_happened_to_classes(int width, ColorScheme scheme)
    {
        SampleSet samples = SmallNetworks.Samples(2, 300, 6);
        QuantizationReport report = Report(SmallNetworks.Layers(1, 6, 16, 16, 4), samples with { Labels = [.. Enumerable.Range(0, samples.Count).Select(i => i % 4)] });
        await using Visit visit = await Visit.To(report, await chromium.Open(width, scheme: scheme));
        await RequireWhole(visit, report, width);
        await Assertions.Expect(visit.Page.Locator("#overview")).ToContainTextAsync("same top-1 as float");
        Assert.Equal(4, Twin(report).GetProperty("calibration").GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public async Task A_report_of_a_network_that_reproduces_its_input_has_no_classes()
    {
        QuantizationReport report = Report(SmallNetworks.Layers(1, 6, 4, 6), SmallNetworks.Samples(2, 300, 6));
        await using Visit visit = await Visit.To(report, await chromium.Open(Desk));
        await RequireWhole(visit, report, Desk);
        await Assertions.Expect(visit.Page.Locator("#overview")).ToContainTextAsync("mean squared reconstruction error");
        await Assertions.Expect(visit.Page.Locator("#overview")).ToContainTextAsync("rank correlation");
        await Assertions.Expect(visit.Page.Locator("#overview")).Not.ToContainTextAsync("top-1");
    }

    [Theory]
    [InlineData("mlperf_ad01_fp32", Phone)]
    [InlineData("mlperf_ic_resnet8_fp32", Desk)]
    public async Task Reports_of_trained_networks_are_whole(string name, int width)
    {
        string model = Path.Combine(Repository.Shared, "models", "float", name + ".tflite");
        Assert.SkipUnless(File.Exists(model), $"needs {name}.tflite in ../shared/models/float, which is not part of the repository");
        byte[] file = await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken);
        ImportedNetwork network = NetworkFile.Import(file);
        float[] inputs = [.. MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(Path.Combine(Repository.Shared, "goldens-float", name, "inputs.bin"), TestContext.Current.CancellationToken))];
        SampleSet samples = new([.. inputs.Chunk(network.Graph.Inputs[0].ElementCount).Select(record => new[] { record })], "inputs.bin");
        QuantizationReport report = Report(network, file, samples);
        await using Visit visit = await Visit.To(report, await chromium.Open(width));
        await RequireWhole(visit, report, width);
    }

    private static QuantizationReport Report(NetworkGraph graph, SampleSet samples)
    {
        return Report(new ImportedNetwork(graph, "test"), [], samples);
    }

    private static QuantizationReport Report(ImportedNetwork network, byte[] file, SampleSet samples)
    {
        QuantizationOptions quantization = new() { Samples = samples };
        MeasuringOptions measuring = new() { Samples = SampleSplit.Of(samples, null, samples.Count), Detailed = true };
        MeasuredConversion measured = MeasuredConversion.Of(network, file, new ConversionOptions { SourceName = "network", Quantization = quantization }, measuring);
        return FloatConversionReport.Make(measured.Conversion, measured.Known, new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero));
    }

    /// <summary>The page fits the window, asks for nothing, and shows every operator; all of them have been measured and are in the twin.</summary>
    private static async Task RequireWhole(Visit visit, QuantizationReport report, int width)
    {
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.Page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(visit.Messages);
        Assert.Empty(visit.Requests);
        await Assertions.Expect(visit.Page.Locator("#table tbody tr")).ToHaveCountAsync(report.Operators.Count);
        JsonElement twin = Twin(report);
        Assert.Equal(report.Operators.Count, twin.GetProperty("operators").GetArrayLength());
        Assert.Equal(report.Accuracy.Count, twin.GetProperty("accuracy").GetArrayLength());
        Assert.NotEqual(0, twin.GetProperty("sensitivity").GetProperty("ranking").GetArrayLength());
        Assert.All(
            report.Operators.Where(op => op.Place == OperatorPlace.Device),
            op => Assert.NotNull(report.Tensors[op.Outputs[0]].Histogram));
    }

    private static JsonElement Twin(QuantizationReport report)
    {
        using JsonDocument document = JsonDocument.Parse(QuantizationReportJson.Write(report));
        return document.RootElement.Clone();
    }
}
