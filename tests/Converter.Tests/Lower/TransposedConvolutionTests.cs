using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

public sealed class TransposedConvolutionTests
{
    private const float InputScale = 0.05f;
    private const float OutputScale = 0.4f;
    private const int OutputZeroPoint = -7;

    /// <summary>Stride, kernel, padding, data and output size, each of the height and the width.</summary>
    public static TheoryData<int[], int[], int[], int[], int[]> Geometries => new()
    {
        { [1, 1], [3, 3], [1, 1], [4, 5], [4, 5] },
        { [2, 2], [3, 3], [0, 0], [3, 4], [7, 9] },
        { [2, 3], [4, 2], [1, 0], [3, 3], [6, 9] },
        { [3, 2], [1, 1], [0, 0], [2, 3], [6, 6] },
        { [5, 1], [2, 6], [0, 2], [2, 4], [10, 5] },
        { [2, 2], [5, 5], [2, 1], [1, 1], [2, 3] },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Int8_adds_every_pixels_multiple_of_the_filter(int[] stride, int[] kernel, int[] padding, int[] size, int[] output)
    {
        const int InputZeroPoint = 11;
        Random random = new(1);
        Case test = new(stride, kernel, padding, size, output, Batches: 2, Channels: 3, Outputs: 4);
        sbyte[] data = SmallNetwork.Numbers<sbyte>(random, test.DataCount, -128, 127);
        sbyte[] filter = SmallNetwork.Numbers<sbyte>(random, test.FilterCount, -127, 127);
        int[] bias = SmallNetwork.Numbers<int>(random, test.Outputs, -3000, 3000);
        float[] scales = [0.01f, 0.002f, 0.03f, 0.005f];
        SmallNetwork network = test.Load(DataType.Int8, InputZeroPoint, filter, SmallNetwork.Constant("bias", DataType.Int32, [test.Outputs], bias), scales);

        sbyte[] expected = Array.ConvertAll(
            test.Sums(Array.ConvertAll(data, value => (long)value - InputZeroPoint), filter),
            entry => (sbyte)Math.Clamp(Rescale((int)entry.Sum + bias[entry.Output], scales[entry.Output]) + OutputZeroPoint, -128, 127));

        Assert.Equal(expected, network.Run<sbyte>(data));
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Int16_without_bias_adds_every_pixels_multiple_of_the_filter(int[] stride, int[] kernel, int[] padding, int[] size, int[] output)
    {
        Random random = new(2);
        Case test = new(stride, kernel, padding, size, output, Batches: 1, Channels: 2, Outputs: 3);
        short[] data = SmallNetwork.Numbers<short>(random, test.DataCount, -32768, 32767);
        sbyte[] filter = SmallNetwork.Numbers<sbyte>(random, test.FilterCount, -127, 127);
        SmallNetwork network = test.Load(DataType.Int16, 0, filter, bias: null, [0.01f]);

        short[] expected = Array.ConvertAll(
            test.Sums(Array.ConvertAll(data, value => (long)value), filter),
            entry =>
            {
                QuantizedMultiplier multiplier = QuantizedMultiplier.From((double)InputScale * 0.01f / OutputScale);
                return (short)Math.Clamp(Requantization.MultiplyByQuantizedMultiplier(entry.Sum, multiplier.Multiplier, multiplier.Shift), -32768, 32767);
            });

        Assert.Equal(expected, network.Run<short>(data));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Case test = new([1, 1], [3, 3], [0, 0], [4, 4], [6, 6], Batches: 1, Channels: 2, Outputs: 2);

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(
            () => test.Load(DataType.Int8, 0, new sbyte[test.FilterCount], SmallNetwork.Constant("bias", DataType.Int32, [5], new int[5]), [0.01f]));

        Assert.Contains("has 5 elements; needed are 2", refused.Message, StringComparison.Ordinal);
    }

    private static int Rescale(int sum, float filterScale)
    {
        QuantizedMultiplier multiplier = QuantizedMultiplier.From((double)InputScale * filterScale / OutputScale);
        return Requantization.MultiplyByQuantizedMultiplier(sum, multiplier.Multiplier, multiplier.Shift);
    }

    private sealed record Case(int[] Stride, int[] Kernel, int[] Padding, int[] Size, int[] Output, int Batches, int Channels, int Outputs)
    {
        public int DataCount => Batches * Size[0] * Size[1] * Channels;

        public int FilterCount => Outputs * Kernel[0] * Kernel[1] * Channels;

        public SmallNetwork Load(DataType type, int inputZeroPoint, sbyte[] filter, Tensor? bias, float[] scales)
        {
            Tensor data = SmallNetwork.Tensor("data", type, [Batches, Size[0], Size[1], Channels], InputScale, inputZeroPoint);
            Tensor output = SmallNetwork.Tensor("output", type, [Batches, Output[0], Output[1], Outputs], OutputScale, type == DataType.Int16 ? 0 : OutputZeroPoint);
            Tensor weights = SmallNetwork.Constant(
                "filter", DataType.Int8, [Outputs, Kernel[0], Kernel[1], Channels], filter, new Quantization(scales, new long[scales.Length], 0));
            TransposedConvolution2D operation = new(Stride[0], Stride[1], Padding[0], Padding[1], Activation.None);
            return SmallNetwork.Load(SmallNetwork.Graph([data], [output], new Node(operation, [data, weights, bias], [output])));
        }

        /// <summary>The definition: every pixel is scattered over the output.</summary>
        public (long Sum, int Output)[] Sums(long[] data, sbyte[] filter)
        {
            (long Sum, int Output)[] sums = new (long, int)[Batches * Output[0] * Output[1] * Outputs];
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i].Output = i % Outputs;
            }

            for (int i = 0; i < data.Length; i++)
            {
                int channel = i % Channels;
                int x = i / Channels % Size[1];
                int y = i / Channels / Size[1] % Size[0];
                int batch = i / Channels / Size[1] / Size[0];
                for (int k = 0; k < filter.Length; k++)
                {
                    int tapX = k / Channels % Kernel[1];
                    int tapY = k / Channels / Kernel[1] % Kernel[0];
                    int toX = (x * Stride[1]) - Padding[1] + tapX;
                    int toY = (y * Stride[0]) - Padding[0] + tapY;
                    if (k % Channels == channel && toX >= 0 && toX < Output[1] && toY >= 0 && toY < Output[0])
                    {
                        int output = k / Channels / Kernel[1] / Kernel[0];
                        sums[(((((batch * Output[0]) + toY) * Output[1]) + toX) * Outputs) + output].Sum += data[i] * filter[k];
                    }
                }
            }

            return sums;
        }
    }
}
