using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>Integers for weights.</summary>
internal static class WeightQuantizer
{
    /// <summary>Quantizes weights to 8 or 4 bits.</summary>
    /// <param name="values">The weights, finite numbers, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="axis">The axis of output channels.</param>
    /// <param name="scheme">How: per channel or per tensor, with or without a zero point (per tensor and 8 bits only).</param>
    /// <param name="smallest">The smallest scale that each output channel may have, above 0.</param>
    public static QuantizedWeights Run(float[] values, int[] shape, int axis, WeightScheme scheme, double[] smallest)
    {
        Quantization quantization = scheme.Symmetric
            ? Symmetric(values, shape, axis, scheme, smallest)
            : AffineParameters.Widened(
                AffineParameters.Of(new TensorRange(values.Min(), values.Max()), DataType.Int8, symmetric: false, scheme.PowerOfTwo), smallest.Max(), scheme.PowerOfTwo);
        IntegerRange range = IntegerRange.Of(scheme.Encoding, scheme.Symmetric);
        WeightSlices slices = new(shape, axis, quantization.Scales.Length);
        sbyte[] integers = new sbyte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int slice = slices.Of(i);
            integers[i] = (sbyte)range.Round(values[i] / (double)quantization.Scales[slice], (int)quantization.ZeroPoints[slice]);
        }

        return new QuantizedWeights(integers, quantization);
    }

    private static Quantization Symmetric(float[] values, int[] shape, int axis, WeightScheme scheme, double[] smallest)
    {
        int channels = scheme.PerChannel ? shape[axis] : 1;
        float[][] slices = new WeightSlices(shape, axis, channels).Split(values);
        float[] scales = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double least = scheme.PerChannel ? smallest[channel] : smallest.Max();
            double scale = ScaleSearch.Run(slices[channel], scheme.Encoding, scheme.PowerOfTwo);
            scales[channel] = AffineParameters.Widened(Quantization.PerTensor((float)scale, 0), least, scheme.PowerOfTwo).Scale;
        }

        return new Quantization(scales, new long[channels], axis);
    }
}
