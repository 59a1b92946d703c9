using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>What a product is by its definition, element by element.</summary>
internal static class MixedReference
{
    /// <summary>The output's elements.</summary>
    public static int[] Run(MixedCase test, byte[] data)
    {
        int[] outputs = new int[test.OutputShape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < outputs.Length; i++)
        {
            int channel = i % test.Channels;
            long sum = test.Kind == ProductKind.FullyConnected ? Row(test, data, i / test.Channels, channel) : Pixel(test, data, i / test.Channels, channel);
            outputs[i] = Finish(test, sum + (test.Bias?[channel] ?? 0), channel);
        }

        return outputs;
    }

    private static long Row(MixedCase test, byte[] data, int row, int channel)
    {
        int columns = test.WeightShape[1];
        return Enumerable.Range(0, columns).Sum(k => Value(test, data, (row * columns) + k) * Weight(test, (channel * columns) + k, channel));
    }

    private static long Pixel(MixedCase test, byte[] data, int pixel, int channel)
    {
        WindowAttributes window = test.Window;
        int[] shape = test.DataShape;
        int[] filter = test.WeightShape;
        int batch = pixel / test.OutputShape[2] / test.OutputShape[1];
        int top = (pixel / test.OutputShape[2] % test.OutputShape[1] * window.StrideHeight) - window.PaddingTop;
        int left = (pixel % test.OutputShape[2] * window.StrideWidth) - window.PaddingLeft;
        long sum = 0;
        for (int tap = 0; tap < filter[1] * filter[2]; tap++)
        {
            int y = top + (tap / filter[2] * window.DilationHeight);
            int x = left + (tap % filter[2] * window.DilationWidth);
            if (y < 0 || y >= shape[1] || x < 0 || x >= shape[2])
            {
                continue;
            }

            int at = ((((batch * shape[1]) + y) * shape[2]) + x) * shape[3];
            if (test.Kind == ProductKind.Depthwise)
            {
                sum += Value(test, data, at + (channel / (filter[3] / shape[3]))) * Weight(test, (tap * filter[3]) + channel, channel);
                continue;
            }

            int group = channel / (filter[0] / (shape[3] / filter[3]));
            for (int c = 0; c < filter[3]; c++)
            {
                sum += Value(test, data, at + (group * filter[3]) + c) * Weight(test, (((channel * filter[1] * filter[2]) + tap) * filter[3]) + c, channel);
            }
        }

        return sum;
    }

    private static long Value(MixedCase test, byte[] data, int index)
    {
        return MixedCase.Element(data, test.DataType, index) - test.DataZeroPoint;
    }

    private static long Weight(MixedCase test, int index, int channel)
    {
        return test.Weights[index] - test.WeightZeroPoints[channel];
    }

    private static int Finish(MixedCase test, long sum, int channel)
    {
        QuantizedMultiplier multiplier = QuantizedMultiplier.From(test.Multiplier(channel));
        int value = test.Wide
            ? Requantization.MultiplyByQuantizedMultiplier(sum, multiplier.Multiplier, multiplier.Shift)
            : Requantization.MultiplyByQuantizedMultiplier(unchecked((int)sum), multiplier.Multiplier, multiplier.Shift);
        int limit = test.OutputType == DataType.Int16 ? 32768 : 128;
        return Math.Clamp(value + test.OutputZeroPoint, -limit, limit - 1);
    }
}
