using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>
/// How accumulators become outputs, on every kernel set, against the definition: accumulators without gaps, so that each at which an output changes is
/// among them, with scales and zero points of every kind, with and without a rectifier.
/// </summary>
public sealed class RequantizationTests
{
    private const int Cases = 60;
    private const int Values = 256;
    private const float Scale = 0.5f;

    [Fact]
    public void Every_accumulator_becomes_its_output()
    {
        sbyte[] data = [.. Enumerable.Range(0, Values * Values).SelectMany(i => new[] { (sbyte)((i / Values) - 128), (sbyte)((i % Values) - 128) })];
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            int channels = random.Next(1, 21);
            int zeroPoint = random.Next(3) switch { 0 => -128, 1 => random.Next(-128, 128), _ => random.Next(-100, 20) };
            Activation activation = random.Next(4) switch { 0 => Activation.None, 1 => Activation.Relu6, _ => Activation.Relu };
            sbyte[] filter = [.. Enumerable.Range(0, channels).SelectMany(_ => Weights(random))];
            int[] bias = [.. Enumerable.Range(0, channels).Select(_ => Bias(random))];
            float[] scales = [.. Enumerable.Range(0, channels).Select(channel => ScaleOf(random, bias[channel]))];

            sbyte[] outputs = Load(filter, bias, scales, zeroPoint, activation).Run<sbyte>(data);

            int smallest = activation == Activation.None ? -128 : zeroPoint;
            int largest = activation == Activation.Relu6 ? Math.Min(zeroPoint + (int)(6 / Scale), 127) : 127;
            for (int channel = 0; channel < channels; channel++)
            {
                QuantizedMultiplier factor = QuantizedMultiplier.From(scales[channel]);
                for (int pixel = 0; pixel < Values * Values; pixel++)
                {
                    int sum = bias[channel] + (data[2 * pixel] * filter[2 * channel]) + (data[(2 * pixel) + 1] * filter[(2 * channel) + 1]);
                    int scaled = Requantization.MultiplyByQuantizedMultiplier(sum, factor.Multiplier, factor.Shift) + zeroPoint;
                    if (outputs[(pixel * channels) + channel] != Math.Clamp(scaled, smallest, largest))
                    {
                        Assert.Fail($"case {seed}, channel {channel}: {sum} becomes {outputs[(pixel * channels) + channel]}, not {Math.Clamp(scaled, smallest, largest)}.");
                    }
                }
            }
        }
    }

    /// <summary>Two weights whose sums of products have no gaps, or only 0, as in channels that training has given up.</summary>
    private static sbyte[] Weights(Random random)
    {
        int sign = (2 * random.Next(2)) - 1;
        return random.Next(8) == 0 ? [0, 0] : [(sbyte)(sign * random.Next(1, 128)), 1];
    }

    private static int Bias(Random random)
    {
        int largest = 1 << random.Next(1, 16);
        return random.Next(10) == 0 ? (1 << 30) + 128 : random.Next(-largest, largest);
    }

    /// <summary>A factor from which outputs hardly change to one where they change with each accumulator; with a huge bias one that leaves something of it.</summary>
    private static float ScaleOf(Random random, int bias)
    {
        double exponent = Math.Abs(bias) > 1 << 20 ? -30 + (6 * random.NextDouble()) : -12 * random.NextDouble();
        return (float)Math.Pow(2, random.Next(4) == 0 ? Math.Floor(exponent) : exponent);
    }

    private static SmallNetwork Load(sbyte[] filter, int[] bias, float[] scales, int zeroPoint, Activation activation)
    {
        int channels = bias.Length;
        Tensor data = SmallNetwork.Tensor("data", DataType.Int8, [1, Values, Values, 2], Scale);
        Tensor output = SmallNetwork.Tensor("output", DataType.Int8, [1, Values, Values, channels], Scale, zeroPoint);
        Tensor weights = SmallNetwork.Constant("filter", DataType.Int8, [channels, 1, 1, 2], filter, new Quantization(scales, new long[channels], 0));
        WindowAttributes window = new(1, 1, 1, 1, 0, 0, 0, 0);
        Node node = new(new Convolution2D(window, activation), [data, weights, SmallNetwork.Constant("bias", DataType.Int32, [channels], bias)], [output]);
        return SmallNetwork.Load(SmallNetwork.Graph([data], [output], node));
    }
}
