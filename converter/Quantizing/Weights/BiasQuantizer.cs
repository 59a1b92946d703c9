using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>Biases: integers at the scale of the products that they are added to, 32 bits wide, 64 with 16-bit data.</summary>
internal static class BiasQuantizer
{
    /// <summary>The largest 32-bit bias: half of the accumulator is left for the products.</summary>
    private const double Largest = 1 << 30;

    /// <summary>The largest bias of the 64-bit accumulator, of which the device's requantization takes 47 bits.</summary>
    private const double LargestWide = 1L << 45;

    /// <summary>The smallest scale of the products with which a bias can be held.</summary>
    public static double SmallestProductScale(float bias, bool wide)
    {
        return Math.Abs((double)bias) / (wide ? LargestWide : Largest);
    }

    /// <summary>The constant of a bias.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The real numbers, one for each output channel.</param>
    /// <param name="dataScale">The scale of the data.</param>
    /// <param name="weights">The quantization of the weights.</param>
    /// <param name="wide">True for 64 bits.</param>
    public static Tensor Run(string name, float[] values, float dataScale, Quantization weights, bool wide)
    {
        DataType type = wide ? DataType.Int64 : DataType.Int32;
        long[] integers = new long[values.Length];
        double limit = wide ? LargestWide : int.MaxValue;
        for (int i = 0; i < values.Length; i++)
        {
            double scale = (double)dataScale * weights.Scales[weights.IsPerChannel ? i : 0];
            integers[i] = (long)Math.Clamp(Math.Round(values[i] / scale, MidpointRounding.AwayFromZero), -limit, limit);
        }

        float[] scales = Array.ConvertAll(weights.Scales, scale => dataScale * scale);
        return new Tensor(name, type, [values.Length])
        {
            Data = IntegerConstant.Bytes(type, integers),
            Quantization = new Quantization(scales, new long[scales.Length], 0),
        };
    }
}
