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
    /// <param name="scheme">How: per channel or per tensor, with or without zero points.</param>
    /// <param name="smallest">The smallest scale that each output channel may have, above 0.</param>
    public static QuantizedWeights Run(float[] values, int[] shape, int axis, WeightScheme scheme, double[] smallest)
    {
        Quantization quantization = Parameters(values, shape, axis, scheme, smallest);
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

    private static Quantization Parameters(float[] values, int[] shape, int axis, WeightScheme scheme, double[] smallest)
    {
        int channels = scheme.PerChannel ? shape[axis] : 1;
        float[][] slices = new WeightSlices(shape, axis, channels).Split(values);
        Quantization[] parameters = new Quantization[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double least = scheme.PerChannel ? smallest[channel] : smallest.Max();
            Quantization own = scheme.Symmetric ? Symmetric(slices[channel], scheme) : Asymmetric(slices[channel], scheme);
            parameters[channel] = AffineParameters.Widened(own, least, scheme.PowerOfTwo);
        }

        return new Quantization(Array.ConvertAll(parameters, own => own.Scale), Array.ConvertAll(parameters, own => (long)own.ZeroPoint), axis);
    }

    private static Quantization Symmetric(float[] slice, WeightScheme scheme)
    {
        return Quantization.PerTensor((float)ScaleSearch.Run(slice, scheme.Encoding, scheme.PowerOfTwo), 0);
    }

    private static Quantization Asymmetric(float[] slice, WeightScheme scheme)
    {
        DataType type = scheme.Encoding == WeightEncoding.Int4 ? DataType.Int4 : DataType.Int8;
        return AffineParameters.Of(new TensorRange(slice.Min(), slice.Max()), type, symmetric: false, scheme.PowerOfTwo);
    }
}
