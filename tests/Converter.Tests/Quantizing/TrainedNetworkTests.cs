using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Tests.Execute;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Trained float networks on their whole way: calibrated with what they were given, packed, and compared with what they give as they are.</summary>
public sealed class TrainedNetworkTests(ITestOutputHelper output)
{
    /// <summary>Networks, and the signal-to-quantization-noise ratio in dB that their packed files must reach with the defaults of a recipe.</summary>
    [Theory]
    [InlineData("cntk_mnist", 38)]
    [InlineData("mlperf_ad01_fp32", 35)]
    [InlineData("mlperf_ic_resnet8_fp32", 18)]
    [InlineData("mlperf_vww_fp32", 27)]
    [InlineData("tflm_hello_world_fp32", 30)]
    [InlineData("tflm_mnist_lstm_fp32", 44)]
    [InlineData("tinymaix_cifar10_f", 25)]
    [InlineData("tinymaix_mnist_resnet_f", 45)]
    [InlineData("tinymaix_mnist_valid_f", 35)]
    [InlineData("ultraface_rfb320", 41)]
    public void The_packed_file_gives_what_the_float_network_gives(string name, double decibels)
    {
        Assert.SkipUnless(FloatGolden.Names.Count > 1, FloatGolden.Absent);
        FloatGolden golden = FloatGolden.Load(name);
        QuantizationOptions options = new() { Samples = golden.Samples, Cancellation = TestContext.Current.CancellationToken };
        QuantizedSubject quantized = QuantizedSubject.Of(name, new ImportedNetwork(golden.Graph, "test"), default, options, packed: true);
        Agreement agreement = Evaluator.Run(quantized.Quantized, golden.Samples, new EvaluationOptions(), quantized.Float).Agreement!;
        output.WriteLine($"{name}: {agreement.Decibels:0.0} dB, cosine {string.Join(", ", agreement.Outputs.Select(tensor => $"{tensor.Cosine:0.00000}"))}, same top-1 {agreement.SameTop1:P1}");
        Assert.InRange(agreement.Decibels, decibels, 100);
        Assert.All(agreement.Outputs, tensor => Assert.InRange(tensor.Cosine, 0.99, 1));
        Assert.InRange(agreement.SameTop1 ?? 1, 0.875, 1);
    }
}
