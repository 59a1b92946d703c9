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
            Check(random, random.Next(1, 20), random.Next(1, 40), groups, isDepthwise: false);
        }
    }

    [Fact]
    public void Depthwise_convolutions_are_sums_over_their_windows()
    {
        foreach (int seed in Enumerable.Range(1, Cases))
        {
            Random random = new(seed);
            Check(random, 1, random.Next(1, 3), random.Next(1, 40), isDepthwise: true);
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
            Case test = new(random, rows * columns, outputs, outputs * columns);
            SmallNetwork network = test.Load([rows, columns], [rows, outputs], [outputs, columns], 0, new FullyConnected(Activation.None));
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
    private static void Check(Random random, int channels, int outputs, int groups, bool isDepthwise)
    {
        int[] kernel = [random.Next(1, 5), random.Next(1, 5)];
        int[] dilation = [random.Next(1, 3), random.Next(1, 3)];
        int[] reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]];
        int Padding(int axis) => random.Next(Math.Min(reach[axis], 2) + 1);
        WindowAttributes window = new(random.Next(1, 4), random.Next(1, 4), dilation[0], dilation[1], Padding(0), Padding(0), Padding(1), Padding(1));
        int[] size = [reach[0] + random.Next(1, 9), reach[1] + random.Next(1, 13)];
        int batches = random.Next(1, 3);
        int allChannels = channels * groups;
        int allOutputs = outputs * groups;
        Case test = new(random, batches * size[0] * size[1] * allChannels, allOutputs, allOutputs * kernel[0] * kernel[1] * channels);
        int[] dataShape = [batches, size[0], size[1], allChannels];
        Tensor data = new("data", DataType.Int8, dataShape);
        int[] result = [(int)window.OutputHeight(data, kernel[0]), (int)window.OutputWidth(data, kernel[1])];
        int[] filterShape = isDepthwise ? [1, kernel[0], kernel[1], allOutputs] : [allOutputs, kernel[0], kernel[1], channels];
        Operation operation = isDepthwise ? new DepthwiseConvolution2D(window, Activation.None) : new Convolution2D(window, Activation.None);
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

        public Case(Random random, int data, int outputs, int filter)
        {
            ZeroPoint = random.Next(-128, 128);
            Data = SmallNetwork.Numbers<sbyte>(random, data, -128, 127);
            Filter = SmallNetwork.Numbers<sbyte>(random, filter, -127, 127);
            _bias = SmallNetwork.Numbers<int>(random, outputs, -5000, 5000);
            _scales = [.. Enumerable.Range(0, outputs).Select(_ => (float)Math.Pow(2, -2 - (10 * random.NextDouble())))];
        }

        public int ZeroPoint { get; }

        public sbyte[] Data { get; }

        public sbyte[] Filter { get; }

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
            return (sbyte)Math.Clamp(scaled + OutputZeroPoint, -128, 127);
        }
    }
}
