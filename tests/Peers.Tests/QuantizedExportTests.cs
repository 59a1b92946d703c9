using System.Runtime.InteropServices;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Tests.Quantizing;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>A network that is quantized here: ONNX Runtime gives of the exported file what the device gives of the packed one.</summary>
public sealed class QuantizedExportTests(ITestOutputHelper output)
{
    private const int Records = 40;

    /// <summary>Schemes, and how many steps of 1/256 a probability may be apart.</summary>
    public static TheoryData<string, double> Schemes()
    {
        return new TheoryData<string, double> { { "int8", 8 }, { "int4 weights", 8 }, { "per tensor", 8 }, { "int16 activations", 1 } };
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Onnx_runtime_agrees_with_the_device(string scheme, double steps)
    {
        Assert.SkipUnless(OnnxRuntimePackage.IsAvailable, OnnxRuntimePackage.Absent);
        (NetworkGraph graph, SampleSet samples) = Network();
        CalibrationStatistics ranges = Calibrator.Run(graph, samples, cancellation: TestContext.Current.CancellationToken);
        QuantizedNetwork network = Quantizer.Run(graph, Recipe.Default with { Operators = SchemeOf(scheme) }, ranges);
        OnnxExport export = OnnxExporter.Export(network.Graph);
        byte[] inputs = [.. samples.Inputs.SelectMany(record => MemoryMarshal.AsBytes(record[0].AsSpan()).ToArray())];
        byte[] peer = OnnxRuntime.Run(export.File, inputs);
        byte[] device = OnDevice(network.Graph, inputs);
        Agreement agreement = Agreement.Of(graph.Outputs, peer, device);
        output.WriteLine($"{scheme}: opset {export.Opset}, {export.Nodes} nodes, {export.Transpositions} transpositions; {agreement}");
        Assert.InRange(agreement.Largest, 0, steps / 256);
        Assert.InRange(agreement.Cosine, 0.999, 1.000001);
        Assert.Equal(2, export.Transpositions);
    }

    private static OperatorScheme SchemeOf(string scheme)
    {
        OperatorScheme usual = OperatorScheme.Default;
        return scheme switch
        {
            "int4 weights" => usual with { Weights = usual.Weights with { Encoding = WeightEncoding.Int4 } },
            "per tensor" => usual with { Weights = usual.Weights with { PerChannel = false } },
            "int16 activations" => usual with { Activations = usual.Activations with { Type = ActivationType.Int16 } },
            _ => usual,
        };
    }

    /// <summary>Convolutions with and without groups, a residual sum, a join, pools, a rectifier of its own, a fully connected layer.</summary>
    private static (NetworkGraph Graph, SampleSet Samples) Network()
    {
        FloatNetwork network = new(seed: 3);
        WindowAttributes same = new(1, 1, 1, 1, 1, 1, 1, 1);
        WindowAttributes half = new(2, 2, 1, 1, 0, 1, 0, 1);
        Tensor data = network.Input(1, 12, 12, 3);
        Tensor first = network.Add(new Convolution2D(same, Activation.Relu), [1, 12, 12, 8], data, network.Random(0.3, 8, 3, 3, 3), network.Random(0.1, 8));
        Tensor depth = network.Add(new DepthwiseConvolution2D(half, Activation.Relu6), [1, 6, 6, 8], first, network.Random(0.4, 1, 3, 3, 8), network.Random(0.1, 8));
        Tensor point = network.Add(new Convolution2D(new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), Activation.None), [1, 6, 6, 8], depth, network.Random(0.4, 8, 1, 1, 8), network.Random(0.1, 8));
        Tensor sum = network.Add(new Arithmetic(ArithmeticFunction.Add, Activation.Relu), [1, 6, 6, 8], point, depth);
        Tensor pooled = network.Add(new Pool2D(PoolKind.Maximum, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 3, 3, 8], sum);
        Tensor mean = network.Add(new Pool2D(PoolKind.Average, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 3, 3, 8], sum);
        Tensor joined = network.Add(new Concatenation(3), [1, 3, 3, 16], pooled, mean);
        Tensor flat = network.Add(new Reshape(), [1, 144], joined);
        Tensor scores = network.Add(new FullyConnected(Activation.None), [1, 5], flat, network.Random(0.08, 5, 144), network.Random(0.1, 5));
        NetworkGraph graph = network.Output(network.Add(new Softmax(1), [1, 5], scores));
        return (graph, network.Samples(Records));
    }

    private static byte[] OnDevice(NetworkGraph quantized, byte[] inputs)
    {
        ModelRunner runner = ModelRunner.Load(GraphConverter.Convert(GraphCopy.Of(quantized).Graph, [], "test", new ConversionOptions()).File);
        byte[] outputs = new byte[Records * runner.OutputBytes];
        for (int i = 0; i < Records; i++)
        {
            runner.Run(inputs.AsSpan(i * runner.InputBytes, runner.InputBytes), outputs.AsSpan(i * runner.OutputBytes, runner.OutputBytes));
        }

        return outputs;
    }
}
