using System.Text.Json;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Networks in others' formats.</summary>
public sealed class ExportTests(SineModel sine) : IClassFixture<SineModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_quantized_network_becomes_an_onnx_file()
    {
        string target = _folder.File("out.onnx");
        JsonElement report = ToolProcess.Run("export", Network("mlperf_sww_int8"), "--format", "onnx", "-o", target, "--json").SucceededWithWarnings().Json();
        Assert.Equal(new FileInfo(target).Length, report.GetProperty("fileBytes").GetInt64());
        Assert.Equal(13, report.GetProperty("opset").GetInt32());
        Assert.Equal(2, report.GetProperty("transpositions").GetInt32());
        Assert.Contains("operator set 13", ToolProcess.Run("export", Network("mlperf_sww_int8"), "-o", target).SucceededWithWarnings().Output, StringComparison.Ordinal);
        Assert.Equal(["out.onnx"], _folder.Names());
    }

    [Fact]
    public void A_network_that_onnx_cannot_say_is_refused_and_nothing_is_written()
    {
        ToolRun run = ToolProcess.Run("export", Network("mww_okay_nabu"), "-o", _folder.File("out.onnx"));
        run.Failed(4, "12 reasons");
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void A_packed_model_is_no_network_to_export()
    {
        ToolProcess.Run("export", sine.Path, "-o", _folder.File("out.onnx")).Failed(3, "give the network that it was converted from");
    }

    [Fact]
    public void A_float_network_is_quantized_with_samples()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        string model = Path.Combine(Repository.Shared, "models", "float", "tflm_hello_world_fp32.tflite");
        string samples = _folder.Write("angles.bin", SineModel.Records([.. Enumerable.Range(0, 200).Select(i => i * 0.0314f)]));
        string target = _folder.File("out.onnx");
        ToolProcess.Run("export", model, "-o", target).Failed(2, "--data");
        ToolProcess.Run("export", model, "-o", target, "--data", samples).SucceededWithWarnings();
        Assert.True(File.Exists(target));
        ToolProcess.Run("export", Network("mlperf_sww_int8"), "-o", target, "--data", samples).Failed(2, "quantized already");
    }

    private static string Network(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        return Path.Combine(Golden.Networks().First(golden => golden.Name == name).Folder, "model.tflite");
    }
}
