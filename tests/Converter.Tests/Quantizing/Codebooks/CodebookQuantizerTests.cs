using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Codebooks;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Codebooks;

public sealed class CodebookQuantizerTests
{
    private static readonly WeightScheme s_perTensor = new(WeightEncoding.Codebook, PerChannel: false);
    private static readonly WeightScheme s_perChannel = new(WeightEncoding.Codebook);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Every_weight_is_an_entry_of_its_codebook(int bits)
    {
        EveryWeightIsAnEntry(s_perTensor with { IndexBits = bits });
        EveryWeightIsAnEntry(s_perChannel with { IndexBits = bits });
        EveryWeightIsAnEntry(s_perChannel with { IndexBits = bits, CodebookMethod = CodebookMethod.Linear });
    }

    [Fact]
    public void More_bits_leave_less_error()
    {
        int[] shape = [8, 64];
        float[] weights = Weights(2, shape);

        double[] errors = [.. Enumerable.Range(2, 6).Select(bits => Error(weights, shape, 0, CodebookQuantizer.Run(weights, shape, 0, s_perChannel with { IndexBits = bits })))];

        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.True(pair.Second < 0.5 * pair.First, $"{pair.First} to {pair.Second}"));
    }

    [Fact]
    public void The_density_s_codebook_is_better_than_the_linear_one_and_both_better_than_even_steps()
    {
        int[] shape = [16, 72];
        float[] weights = Weights(3, shape);

        double density = Error(weights, shape, 0, CodebookQuantizer.Run(weights, shape, 0, s_perChannel));
        double linear = Error(weights, shape, 0, CodebookQuantizer.Run(weights, shape, 0, s_perChannel with { CodebookMethod = CodebookMethod.Linear }));

        Assert.True(density < linear, $"{density}, linear {linear}");
        Assert.True(linear < EvenSteps(weights, 16, 7), $"{linear}, even steps {EvenSteps(weights, 16, 7)}");
    }

    [Fact]
    public void Channels_of_a_depthwise_filter_lie_along_its_last_axis()
    {
        int[] shape = [1, 3, 3, 4];
        float[] weights = [.. Weights(4, shape).Select((weight, i) => weight * MathF.Pow(10, i % 4))];

        QuantizedWeights quantized = CodebookQuantizer.Run(weights, shape, 3, s_perChannel with { IndexBits = 6 });

        float[] scales = quantized.Quantization.Scales;
        Assert.Equal(3, quantized.Quantization.Axis);
        Assert.All(Enumerable.Range(1, 3), i => Assert.InRange(scales[i] / scales[i - 1], 2, 50));
        Assert.True(Error(weights, shape, 3, quantized) < 1e-3 * weights.Sum(weight => (double)weight * weight));
    }

    [Fact]
    public void Long_channels_of_different_distributions_get_codebooks_of_their_own()
    {
        int[] shape = [2, 3000];
        Random random = new(5);
        float[] weights = [.. Enumerable.Range(0, 6000).Select(i => i < 3000 ? (random.Next(2) * 2) - 1 + (0.01f * random.NextSingle()) : random.NextSingle() - 0.3f)];

        Assert.True(CodebookQuantizer.Run(weights, shape, 0, s_perChannel).Shared!.IsPerChannel);
        Assert.False(CodebookQuantizer.Run(weights, shape, 0, s_perTensor).Shared!.IsPerChannel);
    }

    [Fact]
    public void Short_channels_share_one_codebook()
    {
        int[] shape = [64, 9];

        Assert.False(CodebookQuantizer.Run(Weights(6, shape), shape, 0, s_perChannel).Shared!.IsPerChannel);
    }

    [Fact]
    public void Zero_is_kept_where_it_must_be()
    {
        int[] shape = [4, 50];
        float[] weights = [.. Weights(7, shape).Select((weight, i) => i % 3 == 0 ? 0 : weight + 2)];

        foreach (CodebookMethod method in Enum.GetValues<CodebookMethod>())
        {
            QuantizedWeights quantized = CodebookQuantizer.Run(
                weights, shape, 0, s_perChannel with { IndexBits = 2, CodebookMethod = method }, new CodebookOptions(KeepsZero: true));

            Assert.All(Enumerable.Range(0, weights.Length).Where(i => weights[i] == 0), i => Assert.Equal(0, quantized.Values[i]));
        }
    }

    [Fact]
    public void Channels_of_zeros_stay_zero_with_a_scale_like_the_others()
    {
        int[] shape = [3, 40];
        float[] weights = [.. Weights(8, shape).Select((weight, i) => i / 40 == 1 ? 0 : weight + 0.5f)];

        QuantizedWeights quantized = CodebookQuantizer.Run(weights, shape, 0, s_perChannel);

        Assert.All(quantized.Values[40..80], value => Assert.Equal(0, value));
        Assert.InRange(quantized.Quantization.Scales[1] / quantized.Quantization.Scales[0], 0.1f, 10);
        Assert.All(CodebookQuantizer.Run(new float[120], shape, 0, s_perChannel).Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Important_weights_are_met_better()
    {
        int[] shape = [4, 200];
        float[] weights = Weights(9, shape);
        float[] importance = [.. weights.Select((_, i) => i % 4 == 0 ? 100f : 1f)];
        int[] important = [.. Enumerable.Range(0, weights.Length).Where(i => i % 4 == 0)];

        QuantizedWeights plain = CodebookQuantizer.Run(weights, shape, 0, s_perTensor with { IndexBits = 3 });
        QuantizedWeights weighted = CodebookQuantizer.Run(weights, shape, 0, s_perTensor with { IndexBits = 3 }, new CodebookOptions(importance));

        Assert.True(Of(weighted) < Of(plain), $"{Of(weighted)}, without importance {Of(plain)}");

        double Of(QuantizedWeights quantized)
        {
            return important.Sum(i => Math.Pow(weights[i] - (quantized.Quantization.Scale * quantized.Values[i]), 2));
        }
    }

    [Fact]
    public void Scales_are_powers_of_two_where_they_must_be()
    {
        int[] shape = [5, 60];
        float[] weights = Weights(10, shape);

        QuantizedWeights quantized = CodebookQuantizer.Run(weights, shape, 0, s_perChannel with { PowerOfTwo = true });

        Assert.All(quantized.Quantization.Scales, scale => Assert.Equal(scale, MathF.ScaleB(1, (int)MathF.Log2(scale))));
        Assert.True(Error(weights, shape, 0, quantized) < 0.02 * weights.Sum(weight => (double)weight * weight));
    }

    [Fact]
    public void Scales_are_not_smaller_than_they_may_be()
    {
        int[] shape = [3, 60];
        float[] weights = Weights(11, shape);
        double[] smallest = [1e-6, 0.3, 1e-6];

        float[] scales = CodebookQuantizer.Run(weights, shape, 0, s_perChannel, new CodebookOptions(SmallestScales: smallest)).Quantization.Scales;
        float[] powers = CodebookQuantizer.Run(weights, shape, 0, s_perChannel with { PowerOfTwo = true }, new CodebookOptions(SmallestScales: smallest)).Quantization.Scales;
        float one = CodebookQuantizer.Run(weights, shape, 0, s_perTensor, new CodebookOptions(SmallestScales: smallest)).Quantization.Scale;

        Assert.InRange(scales[1], 0.3, 0.4);
        Assert.InRange(scales[0], 1e-6, 0.05);
        Assert.Equal(0.5f, powers[1]);
        Assert.InRange(one, 0.3, 0.4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Indices_have_2_to_8_bits(int bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CodebookQuantizer.Run([1, 2], [2], 0, s_perTensor with { IndexBits = bits }));
    }

    private static void EveryWeightIsAnEntry(WeightScheme scheme)
    {
        int[] shape = [6, 3, 3, 8];
        float[] weights = Weights(1, shape);

        QuantizedWeights quantized = CodebookQuantizer.Run(weights, shape, 0, scheme);

        Assert.Equal(scheme.PerChannel ? 6 : 1, quantized.Quantization.Scales.Length);
        Assert.All(quantized.Quantization.Scales, scale => Assert.True(scale > 0));
        Assert.True(quantized.Shared!.IndexBits <= scheme.IndexBits);
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Contains(quantized.Values[i], quantized.Shared.Codebooks[quantized.Shared.IsPerChannel ? i / (weights.Length / 6) : 0]);
        }
    }

    /// <summary>Weights like a trained network's: many small ones, few large ones.</summary>
    private static float[] Weights(int seed, int[] shape)
    {
        Random random = new(seed);
        int count = shape.Aggregate(1, (product, size) => product * size);
        return [.. Enumerable.Range(0, count).Select(_ => 0.2f * (random.NextSingle() - random.NextSingle()) / (0.1f + random.NextSingle()))];
    }

    private static double Error(float[] weights, int[] shape, int axis, QuantizedWeights quantized)
    {
        int inner = shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        float[] scales = quantized.Quantization.Scales;
        return weights.Select((weight, i) => Math.Pow(weight - (scales[i / inner % scales.Length] * quantized.Values[i]), 2)).Sum();
    }

    private static double EvenSteps(float[] weights, int channels, int limit)
    {
        return weights.Chunk(weights.Length / channels).Sum(channel =>
        {
            float scale = channel.Max(Math.Abs) / limit;
            return channel.Sum(weight => Math.Pow(weight - (scale * MathF.Round(weight / scale)), 2));
        });
    }
}
