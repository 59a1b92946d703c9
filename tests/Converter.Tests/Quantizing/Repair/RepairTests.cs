using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Quantizing.Repair;
using EdgeQuant.Converter.Quantizing.Weights;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Repair;

public sealed class RepairTests
{
    private static readonly Recipe Int4 = With(new WeightScheme(WeightEncoding.Int4));

    [Fact]
    public void Biases_make_up_for_the_mean_error_of_each_channel()
    {
        (NetworkGraph graph, SampleSet samples, CalibrationStatistics ranges) = Calibrated(1);
        GraphCopy copy = GraphCopy.Of(graph);
        CalibrationStatistics mapped = MappedStatistics.Of(ranges, copy.Tensors);

        BiasCorrection.Run(copy.Graph, Int4, mapped, null, samples, cancellation: TestContext.Current.CancellationToken);

        double before = MeanError(graph, samples, Quantizer.Run(graph, Int4, ranges), tensor => tensor);
        double after = MeanError(graph, samples, Quantizer.Run(copy.Graph, Int4, mapped), tensor => copy.Tensors[tensor]);
        Assert.True(after < before / 3, $"{before} before, {after} after");
    }

    [Theory]
    [InlineData(nameof(WeightEncoding.Int8), true)]
    [InlineData(nameof(WeightEncoding.Int8), false)]
    [InlineData(nameof(WeightEncoding.Int4), true)]
    [InlineData(nameof(WeightEncoding.Codebook), true)]
    public void Rounded_weights_lie_next_to_the_real_ones_and_serve_outputs_better(string encoding, bool perChannel)
    {
        Recipe recipe = With(new WeightScheme(Enum.Parse<WeightEncoding>(encoding), perChannel, IndexBits: 3));
        (NetworkGraph graph, SampleSet samples, CalibrationStatistics ranges) = Calibrated(2, 200, spread: perChannel ? 1 : 8);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        IReadOnlyDictionary<Tensor, QuantizedWeights> weights = AdaptiveRounding.Run(graph, recipe, ranges, samples.First(150), cancellation: cancellation);

        Assert.Equal(4, weights.Count);
        Assert.All(weights, pair => NextTo(ConstantValues.Of(pair.Key)!, pair.Key.Shape, pair.Value));
        OutputQuality quality = new(graph, samples.Select([.. Enumerable.Range(150, 50)]), cancellation);
        double nearest = quality.Measure(Quantizer.Run(graph, recipe, ranges), tensor => tensor).Decibels;
        double rounded = quality.Measure(Quantizer.Run(graph, recipe, ranges, weights), tensor => tensor).Decibels;
        Assert.True(rounded > nearest + 0.5, $"{nearest} dB to the nearest, {rounded} dB adaptive");
    }

    [Fact]
    public void Adaptive_rounding_gives_the_same_every_time()
    {
        (NetworkGraph graph, SampleSet samples, CalibrationStatistics ranges) = Calibrated(3);

        IReadOnlyDictionary<Tensor, QuantizedWeights> first = AdaptiveRounding.Run(graph, Int4, ranges, samples, cancellation: TestContext.Current.CancellationToken);
        IReadOnlyDictionary<Tensor, QuantizedWeights> second = AdaptiveRounding.Run(graph, Int4, ranges, samples, cancellation: TestContext.Current.CancellationToken);

        Assert.All(first, pair => Assert.Equal(pair.Value.Values, second[pair.Key].Values));
    }

    [Fact]
    public void Only_what_helps_is_kept()
    {
        (NetworkGraph graph, SampleSet samples, _) = Calibrated(4, 80, spread: 20);
        Recipe recipe = With(new WeightScheme(WeightEncoding.Int8, PerChannel: false)) with { Repair = new RepairScheme(Auto: true) };

        RepairResult result = RepairRun.Run(graph, recipe, samples, new Dictionary<Tensor, TensorRange>(), new PipelineSteps(null, TestContext.Current.CancellationToken));

        Assert.Equal(["equalization", "adaptive rounding", "bias correction"], result.Outcomes.Select(outcome => outcome.Repair));
        Assert.All(result.Outcomes, outcome => Assert.Equal(outcome.DecibelsAfter > outcome.DecibelsBefore + 0.05, outcome.Kept));
        Assert.True(result.Outcomes[0].Kept);
        OutputQuality quality = new(graph, samples, TestContext.Current.CancellationToken);
        double before = quality.Measure(Quantizer.Run(graph, recipe, Calibrator.Run(graph, samples, cancellation: TestContext.Current.CancellationToken)), tensor => tensor).Decibels;
        Tensor[] outputs = [.. graph.Nodes.Select(node => node.Output())];
        double after = quality.Measure(result.Network, tensor => result.Network.Source.Nodes[Array.IndexOf(outputs, tensor)].Output()).Decibels;
        Assert.True(after > before + 3, $"{before} dB before, {after} dB after");
    }

    [Fact]
    public void What_is_asked_for_is_made_and_nothing_else()
    {
        (NetworkGraph graph, SampleSet samples, _) = Calibrated(5);
        Recipe recipe = Int4 with { Repair = new RepairScheme(BiasCorrection: true) };

        RepairResult result = RepairRun.Run(graph, recipe, samples, new Dictionary<Tensor, TensorRange>(), new PipelineSteps(null, TestContext.Current.CancellationToken));

        RepairOutcome outcome = Assert.Single(result.Outcomes);
        Assert.True(outcome is { Repair: "bias correction", Kept: true });
    }

    [Fact]
    public void Known_ranges_stay_through_repairs_that_leave_their_tensors_alone()
    {
        (NetworkGraph graph, SampleSet samples, _) = Calibrated(6);
        Tensor logits = graph.Nodes[^1].Input(0);
        Dictionary<Tensor, TensorRange> known = new() { [logits] = new TensorRange(-100, 155) };
        Recipe recipe = Recipe.Default with { Repair = new RepairScheme(Equalization: true, AdaptiveRounding: true, BiasCorrection: true) };

        RepairResult result = RepairRun.Run(graph, recipe, samples, known, new PipelineSteps(null, TestContext.Current.CancellationToken));

        Tensor quantized = result.Network.Graph.Nodes.Single(node => node.Operation is Softmax).Input(0);
        Assert.Equal(1, quantized.Quantization!.Scales[0], 1e-6);
        Assert.Equal(-28, quantized.Quantization.ZeroPoints[0]);
    }

    private static Recipe With(WeightScheme weights)
    {
        return Recipe.Default with { Operators = OperatorScheme.Default with { Weights = weights } };
    }

    private static (NetworkGraph Graph, SampleSet Samples, CalibrationStatistics Ranges) Calibrated(int seed, int records = 60, float spread = 1)
    {
        RandomCnn cnn = RandomCnn.Of(seed, spread);
        SampleSet samples = cnn.Samples(records);
        return (cnn.Graph, samples, Calibrator.Run(cnn.Graph, samples, cancellation: TestContext.Current.CancellationToken));
    }

    /// <summary>The root of the mean square of all channels' mean errors before the softmax.</summary>
    private static double MeanError(NetworkGraph graph, SampleSet samples, QuantizedNetwork network, Func<Tensor, Tensor> source)
    {
        Tensor logits = graph.Nodes[^1].Input(0);
        float[] expected = RandomCnn.Values(graph, logits, samples);
        float[] found = RandomCnn.Values(network.Graph, network.Tensors[source(logits)], samples);
        return Math.Sqrt(Enumerable.Range(0, 5).Average(channel => Math.Pow(expected.Zip(found).Where((_, i) => i % 5 == channel).Average(pair => (double)pair.Second - pair.First), 2)));
    }

    /// <summary>Every integer is the one below or above the real weight; or the end of the range, or of the codebook.</summary>
    private static void NextTo(float[] values, int[] shape, QuantizedWeights weights)
    {
        WeightSlices slices = new(shape, weights.Quantization.Axis, weights.Quantization.Scales.Length);
        WeightSlices books = new(shape, weights.Shared?.Axis ?? 0, weights.Shared?.Codebooks.Count ?? 1);
        for (int i = 0; i < values.Length; i++)
        {
            double position = values[i] / (double)weights.Quantization.Scales[slices.Of(i)];
            if (weights.Shared is null)
            {
                Assert.True(Math.Abs(position - weights.Values[i]) < 1 || Math.Abs(position) > Math.Abs((int)weights.Values[i]));
                continue;
            }

            sbyte[] codebook = weights.Shared.Codebooks[books.Of(i)];
            Assert.Contains(weights.Values[i], codebook);
            Assert.DoesNotContain(codebook, entry => (entry - position) * (weights.Values[i] - position) > 0 && Math.Abs(entry - position) < Math.Abs(weights.Values[i] - position));
        }
    }
}
