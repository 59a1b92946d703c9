using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Samples that leave ranges without an extent, or with an extreme one, for every type of activations and every way to find ranges.</summary>
public sealed class DegenerateRangeTests
{
    /// <summary>Values that no float of a network can do anything with are taken for 0.</summary>
    private const float Smallest = 1e-20f;

    private static readonly Dictionary<string, Func<Random, float>> s_samples = new()
    {
        ["zeros"] = _ => 0,
        ["constant"] = _ => 0.7f,
        ["negative constant"] = _ => -3e5f,
        ["positive"] = random => 5 + random.NextSingle(),
        ["negative"] = random => -5 - random.NextSingle(),
        ["tiny"] = random => (random.NextSingle() - 0.5f) * 1e-30f,
        ["small"] = random => (random.NextSingle() - 0.5f) * 1e-12f,
        ["huge"] = random => (random.NextSingle() - 0.5f) * 1e30f,
    };

    private static readonly Dictionary<string, ActivationScheme> s_schemes = new()
    {
        ["int8"] = new(),
        ["int8 symmetric"] = new(Symmetric: true),
        ["int16"] = new(ActivationType.Int16),
        ["int8 powers of two"] = new(PowerOfTwo: true),
        ["int16 powers of two"] = new(ActivationType.Int16, PowerOfTwo: true),
        ["dynamic"] = new(ActivationType.Dynamic),
    };

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string samples in s_samples.Keys)
        {
            foreach (string scheme in s_schemes.Keys)
            {
                cases.Add(samples, scheme);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_give_parameters_that_hold_the_samples(string samples, string scheme)
    {
        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            foreach (int count in new[] { 1, 8 })
            {
                Check(Convolutional(), samples, count, s_schemes[scheme], method);
                if (samples == "huge" && s_schemes[scheme].Type == ActivationType.Int16)
                {
                    UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Check(Recurrent(), samples, count, s_schemes[scheme], method));
                    Assert.Contains("Lstm", refused.Message, StringComparison.Ordinal);
                    continue;
                }

                Check(Recurrent(), samples, count, s_schemes[scheme], method);
            }
        }
    }

    private static void Check(FloatNetwork network, string samples, int count, ActivationScheme scheme, CalibrationMethod method)
    {
        Random random = new(count);
        SampleSet set = new([.. Enumerable.Range(0, count).Select(_ => network.Graph.Inputs.Select(input => Enumerable.Range(0, input.ElementCount).Select(_ => s_samples[samples](random)).ToArray()).ToArray())], samples);
        Recipe recipe = Recipe.Default with { Operators = OperatorScheme.Default with { Activations = scheme, Calibration = new CalibrationScheme(method) } };

        QuantizationResult result = QuantizationPipeline.Run(network.Graph, new QuantizationOptions { Recipe = recipe, Samples = set });
        ConversionResult converted = GraphConverter.Convert(GraphCopy.Of(result.Network.Graph).Graph, [], "test", new ConversionOptions());

        string what = $"{samples}, {count} records, {scheme}, {method}";
        foreach (Tensor tensor in result.Network.Graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Where(tensor => !tensor.IsConstant && tensor.Quantization is not null))
        {
            Quantization quantization = tensor.Quantization!;
            Assert.True(float.IsFinite(quantization.Scale) && quantization.Scale > 0, $"{what}: {tensor} has the scale {quantization.Scale}");
            Assert.InRange(quantization.ZeroPoint, tensor.Type == DataType.Int16 ? 0 : sbyte.MinValue, tensor.Type == DataType.Int16 ? 0 : sbyte.MaxValue);
        }

        foreach (Node node in result.Network.Graph.Nodes.Where(node => node.Operation is Quantize && result.Network.Graph.Inputs.Contains(node.Input(0)) && node.Output().Quantization is not null))
        {
            TensorRange range = AffineParameters.RangeOf(node.Output().Quantization!, node.Output().Type);
            float[] values = [.. set.Inputs.SelectMany(record => record[0]).Where(value => MathF.Abs(value) > Smallest)];
            int outside = values.Count(value => value < range.Minimum - node.Output().Quantization!.Scale || value > range.Maximum + node.Output().Quantization!.Scale);
            // Half of all records reach further than the average of what they reach.
            int allowed = method == CalibrationMethod.MovingAverage ? values.Length / 4 : values.Length / 10;
            Assert.True(outside <= allowed, $"{what}: {outside} of {values.Length} inputs lie outside {range}");
        }

        ModelRunner runner = ModelRunner.Load(converted.File);
        byte[] output = new byte[runner.OutputBytes];
        runner.Run(System.Runtime.InteropServices.MemoryMarshal.AsBytes(set.Inputs[0][0].AsSpan()).ToArray(), output);
        Assert.All(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(output).ToArray(), value => Assert.True(float.IsFinite(value), what));
    }

    private static FloatNetwork Convolutional()
    {
        FloatNetwork network = new();
        WindowAttributes same = new(1, 1, 1, 1, 1, 1, 1, 1);
        Tensor input = network.Input(1, 5, 5, 2);
        Tensor convolved = network.Add(new Convolution2D(same, Activation.Relu), [1, 5, 5, 4], input, network.Random(0.3, 4, 3, 3, 2), network.Random(0.3, 4));
        Tensor depthwise = network.Add(new DepthwiseConvolution2D(same, Activation.None), [1, 5, 5, 4], convolved, network.Random(0.3, 1, 3, 3, 4), network.Random(0.3, 4));
        Tensor sum = network.Add(new Arithmetic(ArithmeticFunction.Add, Activation.None), [1, 5, 5, 4], convolved, depthwise);
        Tensor squashed = network.Add(new Unary(UnaryFunction.Tanh), [1, 5, 5, 4], sum);
        Tensor product = network.Add(new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [1, 5, 5, 4], sum, squashed);
        Tensor flat = network.Add(new Reshape(), [1, 100], product);
        Tensor scores = network.Add(new FullyConnected(Activation.None), [1, 6], flat, network.Random(0.1, 6, 100), network.Random(0.3, 6));
        network.Output(network.Add(new Softmax(1), [1, 6], scores));
        return network;
    }

    private static FloatNetwork Recurrent()
    {
        const int Features = 4, Cells = 3;
        FloatNetwork network = new();
        Tensor?[] inputs =
        [
            network.Input(1, 2, Features),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells, Features)),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells, Cells)),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells)),
            network.State(1, Cells),
            network.State(1, Cells),
        ];
        Tensor sequence = network.Add(new Lstm(false, 0), [1, 2, Cells], inputs);
        Tensor flat = network.Add(new Reshape(), [1, 2 * Cells], sequence);
        Tensor filtered = network.Add(new Svdf(1), [1, 3], flat, network.Random(0.3, 3, 2 * Cells), network.Random(0.3, 3, 4), network.Random(0.3, 3), network.State(1, 12));
        network.Output(network.Add(new LogSoftmax(), [1, 3], filtered));
        return network;
    }
}
