using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

public sealed class DynamicProductTests
{
    /// <summary>Half a step of the range, and the little that two roundings and the rounding of bias and units add.</summary>
    private const double Steps = 0.51;

    private const int Cases = 300;

    [Fact]
    public void Fully_connected_results_are_within_half_a_step_of_exact_arithmetic()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int rows = random.Next(1, 4);
            int columns = random.Next(1, 200);
            int outputs = random.Next(1, 30);
            new ProductCase(random, new FullyConnected(Activation(random)), [rows, columns], [outputs, columns], 0, [rows, outputs]).Check(Steps);
        }
    }

    [Fact]
    public void Convolution_results_are_within_half_a_step_of_exact_arithmetic()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int groups = random.Next(1, 4);
            int groupChannels = random.Next(1, 6);
            int outputs = groups * random.Next(1, 5);
            (WindowAttributes window, int[] kernel, int[] size, int[] results) = Window(random);
            new ProductCase(
                random,
                new Convolution2D(window, Activation(random)),
                [2, size[0], size[1], groups * groupChannels],
                [outputs, kernel[0], kernel[1], groupChannels],
                0,
                [2, results[0], results[1], outputs]).Check(Steps);
        }
    }

    [Fact]
    public void Depthwise_results_are_within_half_a_step_of_exact_arithmetic()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int channels = random.Next(1, 9);
            int outputs = channels * random.Next(1, 4);
            (WindowAttributes window, int[] kernel, int[] size, int[] results) = Window(random);
            new ProductCase(
                random,
                new DepthwiseConvolution2D(window, Activation(random)),
                [1, size[0], size[1], channels],
                [1, kernel[0], kernel[1], outputs],
                3,
                [1, results[0], results[1], outputs]).Check(Steps);
        }
    }

    private static Activation Activation(Random random)
    {
        return (Activation)random.Next(Enum.GetValues<Activation>().Length);
    }

    /// <summary>A window that starts inside the data wherever it lies, as the device needs it.</summary>
    private static (WindowAttributes Window, int[] Kernel, int[] Size, int[] Results) Window(Random random)
    {
        while (true)
        {
            int[] kernel = [random.Next(1, 4), random.Next(1, 4)];
            int[] stride = [random.Next(1, 3), random.Next(1, 3)];
            int[] dilation = [random.Next(1, 3), random.Next(1, 3)];
            int[] before = [random.Next(0, 3), random.Next(0, 3)];
            int[] after = [random.Next(0, 3), random.Next(0, 3)];
            int[] reach = [((kernel[0] - 1) * dilation[0]) + 1, ((kernel[1] - 1) * dilation[1]) + 1];
            int[] size = [reach[0] + random.Next(0, 4), reach[1] + random.Next(0, 4)];
            int[] results = [.. Enumerable.Range(0, 2).Select(i => ((size[i] + before[i] + after[i] - reach[i]) / stride[i]) + 1)];
            if (((results[0] - 1) * stride[0]) - before[0] < size[0] && ((results[1] - 1) * stride[1]) - before[1] < size[1])
            {
                return (new WindowAttributes(stride[0], stride[1], dilation[0], dilation[1], before[0], after[0], before[1], after[1]), kernel, size, results);
            }
        }
    }
}
