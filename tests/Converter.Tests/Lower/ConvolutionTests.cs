using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Convolutions of random sizes against their definition, on every kernel set: channels that fill no vector, images narrower than a tile, all of a window's attributes.</summary>
public sealed class ConvolutionTests
{
    private const int Cases = 150;
    private const float InputScale = 0.05f;
    private const float OutputScale = 0.9f;
    private const int OutputZeroPoint = 5;

    [Fact]
    public void Convolutions_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            int groups = seed % 5 == 0 ? 2 : 1;
            Check(random, random.Next(1, 20), random.Next(1, 40), groups, isDepthwise: false, Case.Ordinary);
        }
    }

    [Fact]
    public void Convolutions_of_extreme_values_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            Check(random, random.Next(1, 30), random.Next(1, 40), groups: 1, isDepthwise: false, Case.Extreme);
        }
    }

    [Fact]
    public void Convolutions_whose_products_are_all_the_largest_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            Check(random, random.Next(10, 90), random.Next(1, 20), groups: 1, isDepthwise: false, Case.Largest);
        }
    }

    [Fact]
    public void Products_of_long_rows_do_not_run_into_each_other()
    {
        // Of neighbours the crossed products are the largest, and those that count are 0.
        const int Columns = 300_000;
        Case test = Case.Crossed(Columns);
        SmallNetwork network = test.Load([1, Columns], [1, 1], [1, Columns], 0, new FullyConnected(test.Activation));

        Assert.Equal([test.Finish(0, 0)], network.Run<sbyte>(test.Data));
    }

    [Fact]
    public void Depthwise_convolutions_of_extreme_values_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            Check(random, 1, 1, random.Next(1, 40), isDepthwise: true, Case.Extreme);
        }
    }

    [Fact]
    public void Depthwise_convolutions_of_columns_and_of_large_kernels_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            int[] kernel = random.Next(3) switch { 0 => [random.Next(1, 16), 1], 1 => [1, random.Next(1, 16)], _ => [random.Next(4, 11), random.Next(3, 9)] };
            Check(random, 1, 1, random.Next(1, 40), isDepthwise: true, Case.Ordinary, kernel);
        }
    }

    [Fact]
    public void Depthwise_convolutions_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            Check(random, 1, random.Next(1, 3), random.Next(1, 40), isDepthwise: true, Case.Ordinary);
        }
    }

    [Fact]
    public void Matrix_products_are_sums_over_their_rows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            int rows = random.Next(1, 7);
            int columns = random.Next(1, 70);
            int outputs = random.Next(1, 50);
            Case test = seed % 2 == 0 ? Case.Ordinary(random, rows * columns, outputs, outputs * columns) : Case.Extreme(random, rows * columns, outputs, outputs * columns);
            SmallNetwork network = test.Load([rows, columns], [rows, outputs], [outputs, columns], 0, new FullyConnected(test.Activation));
            sbyte[] expected = new sbyte[rows * outputs];
            for (int i = 0; i < expected.Length; i++)
            {
                int row = i / outputs;
                int output = i % outputs;
                int sum = Enumerable.Range(0, columns).Sum(k => (test.Data[(row * columns) + k] - test.ZeroPoint) * test.Filter[(output * columns) + k]);
                expected[i] = test.Finish(sum, output);
            }

            Assert.Equal(expected, network.Run<sbyte>(test.Data));
        }
    }

    /// <summary>One convolution of random size.</summary>
    /// <param name="random">Where sizes and values come from.</param>
    /// <param name="channels">Input channels of a group.</param>
    /// <param name="outputs">Output channels of a group.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="isDepthwise">True for the operator that has as many groups as channels.</param>
    /// <param name="values">What makes the values: from the numbers of data, outputs and weights.</param>
    /// <param name="kernel">The size of the kernel; random if null.</param>
    private static void Check(Random random, int channels, int outputs, int groups, bool isDepthwise, Func<Random, int, int, int, Case> values, int[]? kernel = null)
    {
        kernel ??= [random.Next(1, 5), random.Next(1, 5)];
        int[] dilation = [random.Next(1, 3), random.Next(1, 3)];
        int[] reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]];
        int Padding(int axis) => random.Next(Math.Min(reach[axis], 2) + 1);
        WindowAttributes window = new(random.Next(1, 4), random.Next(1, 4), dilation[0], dilation[1], Padding(0), Padding(0), Padding(1), Padding(1));
        int[] size = [reach[0] + random.Next(1, 9), reach[1] + random.Next(1, 13)];
        int batches = random.Next(1, 3);
        int allChannels = channels * groups;
        int allOutputs = outputs * groups;
        Case test = values(random, batches * size[0] * size[1] * allChannels, allOutputs, allOutputs * kernel[0] * kernel[1] * channels);
        int[] dataShape = [batches, size[0], size[1], allChannels];
        Tensor data = new("data", DataType.Int8, dataShape);
        int[] result = [(int)window.OutputHeight(data, kernel[0]), (int)window.OutputWidth(data, kernel[1])];
        int[] filterShape = isDepthwise ? [1, kernel[0], kernel[1], allOutputs] : [allOutputs, kernel[0], kernel[1], channels];
        Operation operation = isDepthwise ? new DepthwiseConvolution2D(window, test.Activation) : new Convolution2D(window, test.Activation);
        SmallNetwork network = test.Load(dataShape, [batches, result[0], result[1], allOutputs], filterShape, isDepthwise ? 3 : 0, operation);
        sbyte[] expected = new sbyte[batches * result[0] * result[1] * allOutputs];
        for (int i = 0; i < expected.Length; i++)
        {
            int output = i % allOutputs;
            int x = (i / allOutputs % result[1] * window.StrideWidth) - window.PaddingLeft;
            int y = (i / allOutputs / result[1] % result[0] * window.StrideHeight) - window.PaddingTop;
            int batch = i / allOutputs / result[1] / result[0];
            int sum = 0;
            for (int tap = 0; tap < kernel[0] * kernel[1] * channels; tap++)
            {
                int channel = tap % channels;
                int fromX = x + (tap / channels % kernel[1] * window.DilationWidth);
                int fromY = y + (tap / channels / kernel[1] * window.DilationHeight);
                if (fromX >= 0 && fromX < size[1] && fromY >= 0 && fromY < size[0])
                {
                    int from = (((((batch * size[0]) + fromY) * size[1]) + fromX) * allChannels) + (output / outputs * channels) + channel;
                    int weight = isDepthwise ? (tap * allOutputs) + output : (output * kernel[0] * kernel[1] * channels) + tap;
                    sum += (test.Data[from] - test.ZeroPoint) * test.Filter[weight];
                }
            }

            expected[i] = test.Finish(sum, output);
        }

        Assert.Equal(expected, network.Run<sbyte>(test.Data));
    }

    /// <summary>Random values of an operator, and how its sums become outputs.</summary>
    private sealed class Case
    {
        private readonly int[] _bias;
        private readonly float[] _scales;

        private Case(int zeroPoint, sbyte[] data, sbyte[] filter, int[] bias, float[] scales, Activation activation)
        {
            ZeroPoint = zeroPoint;
            Data = data;
            Filter = filter;
            _bias = bias;
            _scales = scales;
            Activation = activation;
        }

        public Activation Activation { get; }

        public int ZeroPoint { get; }

        public sbyte[] Data { get; }

        public sbyte[] Filter { get; }

        /// <summary>Values of the size that networks have.</summary>
        public static Case Ordinary(Random random, int data, int outputs, int filter)
        {
            return new Case(
                random.Next(-128, 128),
                SmallNetwork.Numbers<sbyte>(random, data, -128, 127),
                SmallNetwork.Numbers<sbyte>(random, filter, -127, 127),
                SmallNetwork.Numbers<int>(random, outputs, -5000, 5000),
                [.. Enumerable.Range(0, outputs).Select(_ => (float)Math.Pow(2, -2 - (10 * random.NextDouble())))],
                Activation.None);
        }

        /// <summary>
        /// Values at the ends of their ranges; biases that leave little room below 2^31, or none; factors that are powers of two, above 1, or so small
        /// that every output is the zero point. Each case has only some of them, because one channel may decide how all are computed.
        /// </summary>
        public static Case Extreme(Random random, int data, int outputs, int filter)
        {
            int largestBias = (int)((1L << random.Next(4, 32)) - 1);
            int smallestFactor = random.Next(-40, 3);
            int largestFactor = random.Next(smallestFactor, 4);
            sbyte[] ends = [-128, -127, -1, 0, 1, 127];
            return new Case(
                random.Next(3) switch { 0 => -128, 1 => 127, _ => random.Next(-128, 128) },
                [.. Enumerable.Range(0, data).Select(_ => ends[random.Next(ends.Length)])],
                [.. Enumerable.Range(0, filter).Select(_ => ends[random.Next(ends.Length)])],
                [.. Enumerable.Range(0, outputs).Select(_ => random.Next(2) == 0 ? random.Next(-largestBias, largestBias) : largestBias * ((2 * random.Next(2)) - 1))],
                [.. Enumerable.Range(0, outputs).Select(_ => FactorScale(random.Next(smallestFactor, largestFactor + 1), random.Next(3) == 0 ? 1 : 1 + random.NextDouble()))],
                random.Next(3) switch { 0 => Activation.Relu, 1 => Activation.Relu6, _ => Activation.None });
        }

        /// <summary>Products that are all as large as they can be, or all as small, and scales that make outputs of their sums.</summary>
        public static Case Largest(Random random, int data, int outputs, int filter)
        {
            int most = filter / outputs * 255 * 128;
            double factor = 100.0 / most;
            return new Case(
                random.Next(3) switch { 0 => -128, 1 => 127, _ => 0 },
                [.. Enumerable.Repeat((sbyte)(random.Next(2) == 0 ? -128 : 127), data)],
                [.. Enumerable.Repeat((sbyte)(random.Next(2) == 0 ? -128 : 127), filter)],
                SmallNetwork.Numbers<int>(random, outputs, -most, most),
                [.. Enumerable.Range(0, outputs).Select(_ => (float)(factor * (1 + random.NextDouble()) * OutputScale / InputScale))],
                Activation.None);
        }

        /// <summary>Data whose odd elements are the smallest, weights whose even ones are; the others are 0.</summary>
        public static Case Crossed(int columns)
        {
            return new Case(
                0,
                [.. Enumerable.Range(0, columns).Select(i => (sbyte)(i % 2 == 0 ? 0 : -128))],
                [.. Enumerable.Range(0, columns).Select(i => (sbyte)(i % 2 == 0 ? -128 : 0))],
                [0],
                [OutputScale / InputScale],
                Activation.None);
        }

        public SmallNetwork Load(int[] dataShape, int[] outputShape, int[] filterShape, int channelAxis, Operation operation)
        {
            Tensor data = SmallNetwork.Tensor("data", DataType.Int8, dataShape, InputScale, ZeroPoint);
            Tensor output = SmallNetwork.Tensor("output", DataType.Int8, outputShape, OutputScale, OutputZeroPoint);
            Tensor filter = SmallNetwork.Constant("filter", DataType.Int8, filterShape, Filter, new Quantization(_scales, new long[_scales.Length], channelAxis));
            Tensor bias = SmallNetwork.Constant("bias", DataType.Int32, [_bias.Length], _bias);
            return SmallNetwork.Load(SmallNetwork.Graph([data], [output], new Node(operation, [data, filter, bias], [output])));
        }

        public sbyte Finish(int sum, int output)
        {
            QuantizedMultiplier multiplier = QuantizedMultiplier.From((double)InputScale * _scales[output] / OutputScale);
            int scaled = Requantization.MultiplyByQuantizedMultiplier(sum + _bias[output], multiplier.Multiplier, multiplier.Shift);
            int smallest = Activation == Activation.None ? -128 : OutputZeroPoint;
            int largest = Activation == Activation.Relu6 ? OutputZeroPoint + (int)Math.Round(6 / OutputScale) : 127;
            return (sbyte)Math.Clamp(unchecked(scaled + OutputZeroPoint), smallest, largest);
        }

        /// <summary>The scale of weights that makes sums outputs by a power of two times something.</summary>
        private static float FactorScale(int exponent, double times)
        {
            return (float)(Math.Pow(2, exponent) * times * OutputScale / InputScale);
        }
    }
}
