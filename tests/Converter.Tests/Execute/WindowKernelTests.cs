using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Convolutions and pools with real numbers against their definitions, over random shapes, windows, paddings, dilations and groups.</summary>
public sealed class WindowKernelTests
{
    private const int Cases = 150;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_convolution_is_the_sum_of_its_products(bool constantFilter)
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int groups = random.Next(4) == 0 ? random.Next(1, 4) : 1;
            int depth = random.Next(1, 10);
            int columns = random.Next(1, 23);
            WindowCase window = WindowCase.Of(random, groups * depth);
            int[] filterShape = [groups * columns, window.KernelHeight, window.KernelWidth, depth];
            float[] data = FloatNode.Numbers(random, window.Data);
            float[] filter = FloatNode.Numbers(random, filterShape);
            float[]? bias = random.Next(3) == 0 ? null : FloatNode.Numbers(random, filterShape[0]);
            int[] shape = window.Output(filterShape[0]);
            Activation activation = (Activation)random.Next(4);

            Tensor weights = constantFilter ? FloatNode.Constant(filterShape, filter) : FloatNode.Input(filterShape);
            Tensor?[] inputs = [FloatNode.Input(window.Data), weights, bias is null ? null : FloatNode.Constant([bias.Length], bias)];
            float[] found = FloatNode.Run(new Convolution2D(window.Attributes, activation), inputs, shape, constantFilter ? [data] : [data, filter]);

            FloatNode.Close(window.Each(shape, (batch, y, x, channel) => Clamped(activation, (bias?[channel] ?? 0) + window.Sum(data, batch, y, x, (tap, from) => Enumerable.Range(0, depth).Sum(k =>
                (double)from[(channel / columns * depth) + k] * filter[(((channel * window.Taps) + tap) * depth) + k])))), found, $"case {seed}");
        }
    }

    [Fact]
    public void A_depthwise_convolution_keeps_channels_apart()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int channels = random.Next(1, 27);
            int multiplier = random.Next(3) == 0 ? random.Next(1, 5) : 1;
            WindowCase window = WindowCase.Of(random, channels);
            int outputs = channels * multiplier;
            int[] filterShape = [1, window.KernelHeight, window.KernelWidth, outputs];
            float[] data = FloatNode.Numbers(random, window.Data);
            float[] filter = FloatNode.Numbers(random, filterShape);
            float[]? bias = random.Next(3) == 0 ? null : FloatNode.Numbers(random, outputs);
            int[] shape = window.Output(outputs);
            Activation activation = (Activation)random.Next(4);

            Tensor?[] inputs = [FloatNode.Input(window.Data), FloatNode.Constant(filterShape, filter), bias is null ? null : FloatNode.Constant([outputs], bias)];
            float[] found = FloatNode.Run(new DepthwiseConvolution2D(window.Attributes, activation), inputs, shape, data);

            FloatNode.Close(window.Each(shape, (batch, y, x, channel) => Clamped(activation, (bias?[channel] ?? 0) + window.Sum(data, batch, y, x, (tap, from) =>
                (double)from[channel / multiplier] * filter[(tap * outputs) + channel]))), found, $"case {seed}");
        }
    }

    [Fact]
    public void A_pool_sees_only_pixels_of_the_data()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            WindowCase window = WindowCase.Of(random, random.Next(1, 19), alwaysSees: true);
            float[] data = FloatNode.Numbers(random, window.Data);
            int[] shape = window.Output(window.Data[3]);
            Activation activation = (Activation)random.Next(4);

            float[] average = FloatNode.Run(new Pool2D(PoolKind.Average, window.KernelHeight, window.KernelWidth, window.Attributes, activation), [FloatNode.Input(window.Data)], shape, data);
            float[] maximum = FloatNode.Run(new Pool2D(PoolKind.Maximum, window.KernelHeight, window.KernelWidth, window.Attributes, activation), [FloatNode.Input(window.Data)], shape, data);

            FloatNode.Close(window.Each(shape, (batch, y, x, channel) => Clamped(activation, Seen(batch, y, x, channel).Average())), average, $"case {seed}");
            FloatNode.Close(window.Each(shape, (batch, y, x, channel) => Clamped(activation, Seen(batch, y, x, channel).Max())), maximum, $"case {seed}");

            List<double> Seen(int batch, int y, int x, int channel)
            {
                List<double> seen = [];
                _ = window.Sum(data, batch, y, x, (_, from) =>
                {
                    seen.Add(from[channel]);
                    return 0;
                });
                return seen;
            }
        }
    }

    [Fact]
    public void A_transposed_convolution_adds_the_filter_times_each_pixel()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int[] data = [random.Next(1, 3), random.Next(1, 6), random.Next(1, 6), random.Next(1, 9)];
            int[] filter = [random.Next(1, 20), random.Next(1, 5), random.Next(1, 5), data[3]];
            (int strideY, int strideX) = (random.Next(1, 4), random.Next(1, 4));
            (int top, int left) = (random.Next(filter[1]), random.Next(filter[2]));
            int[] shape = [data[0], Math.Max(1, ((data[1] - 1) * strideY) + filter[1] - top), Math.Max(1, ((data[2] - 1) * strideX) + filter[2] - left), filter[0]];
            if (((data[1] - 1) * strideY) - top >= shape[1] || ((data[2] - 1) * strideX) - left >= shape[2])
            {
                continue;
            }

            float[] values = FloatNode.Numbers(random, data);
            float[] weights = FloatNode.Numbers(random, filter);
            float[] bias = FloatNode.Numbers(random, filter[0]);
            double[] expected = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (double)bias[i % shape[3]])];
            for (int i = 0; i < values.Length; i++)
            {
                (int k, int x, int y, int batch) = (i % data[3], i / data[3] % data[2], i / data[3] / data[2] % data[1], i / data[3] / data[2] / data[1]);
                for (int w = k; w < weights.Length; w += data[3])
                {
                    (int tapX, int tapY, int output) = (w / data[3] % filter[2], w / data[3] / filter[2] % filter[1], w / data[3] / filter[2] / filter[1]);
                    (int toY, int toX) = ((y * strideY) - top + tapY, (x * strideX) - left + tapX);
                    if (toY >= 0 && toY < shape[1] && toX >= 0 && toX < shape[2])
                    {
                        expected[(((((batch * shape[1]) + toY) * shape[2]) + toX) * shape[3]) + output] += (double)values[i] * weights[w];
                    }
                }
            }

            TransposedConvolution2D operation = new(strideY, strideX, top, left, Activation.None);
            float[] found = FloatNode.Run(operation, [FloatNode.Input(data), FloatNode.Constant(filter, weights), FloatNode.Constant([filter[0]], bias)], shape, values);

            FloatNode.Close(expected, found, $"case {seed}");
        }
    }

    private static double Clamped(Activation activation, double value)
    {
        return activation switch
        {
            Activation.Relu => Math.Max(value, 0),
            Activation.Relu6 => Math.Clamp(value, 0, 6),
            Activation.ReluN1To1 => Math.Clamp(value, -1, 1),
            _ => value,
        };
    }
}
