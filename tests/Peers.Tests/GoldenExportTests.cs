using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>
/// Quantized networks of others, exported and run by ONNX Runtime on real inputs. It rounds otherwise than TensorFlow Lite Micro, so outputs
/// agree but for small differences, which softmax may make large where two classes are close.
/// </summary>
public sealed class GoldenExportTests(ITestOutputHelper output)
{
    private const double LeastCosine = 0.99;
    private const double LeastSameTop = 0.9;

    /// <summary>Networks that remember: ONNX has no such tensors; nor has it signal operators.</summary>
    private static readonly string[] WithState = ["mww_okay_nabu", "tflm_keyword_scrambled_8bit", "tflm_mnist_lstm_int8", "tflm_audio_preprocessor_int8"];

    /// <summary>An autoencoder: its outputs are no classes.</summary>
    private const string Autoencoder = "mlperf_ad01_int8";

    /// <summary>All networks that can be exported, or the empty name where there are none.</summary>
    public static TheoryData<string> Names()
    {
        return [.. Golden.Networks().Select(golden => golden.Name).Where(name => !WithState.Contains(name)).DefaultIfEmpty("")];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Onnx_runtime_agrees_with_the_reference(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Assert.SkipUnless(OnnxRuntimePackage.IsAvailable, OnnxRuntimePackage.Absent);
        Golden golden = Golden.Networks().First(golden => golden.Name == name);
        NetworkGraph graph = NetworkFile.Import(golden.Model).Graph;
        Tensor[] outputs = [.. graph.Outputs];
        byte[] results = OnnxRuntime.Run(OnnxExporter.Export(graph).File, golden.Inputs);
        Agreement agreement = Agreement.Of(outputs, results, golden.Outputs);
        output.WriteLine(agreement.ToString());
        Assert.InRange(agreement.Cosine, LeastCosine, 1.000001);
        Assert.True(name == Autoencoder || agreement.SameTop >= LeastSameTop, agreement.ToString());
    }

    [Theory]
    [InlineData("mww_okay_nabu", "keeps its values")]
    [InlineData("tflm_mnist_lstm_int8", "Lstm is not written")]
    [InlineData("tflm_keyword_scrambled_8bit", "Svdf is not written")]
    public void What_onnx_cannot_say_is_refused_with_all_reasons(string name, string reason)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        NetworkGraph graph = NetworkFile.Import(Golden.Networks().First(golden => golden.Name == name).Model).Graph;
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => OnnxExporter.Export(graph));
        Assert.All(exception.Refusals, refusal => Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal));
        Assert.Equal(graph.Nodes.Count(node => node.Inputs.Concat(node.Outputs).Any(tensor => tensor is { IsState: true })), exception.Refusals.Count);
    }
}
