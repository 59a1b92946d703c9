using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>Products by their definitions, in double precision.</summary>
internal static class ExactProducts
{
    public static double[] Of(Operation product, double[] data, int[] dataShape, double[] weights, int[] weightShape, double[] bias, int[] outputShape)
    {
        return product switch
        {
            FullyConnected operation => Clamp(operation.Activation, FullyConnected(data, weights, weightShape, bias)),
            Convolution2D operation => Clamp(operation.Activation, Convolution(operation.Window, data, dataShape, weights, weightShape, bias, outputShape)),
            DepthwiseConvolution2D operation => Clamp(operation.Activation, Depthwise(operation.Window, data, dataShape, weights, weightShape, bias, outputShape)),
            _ => throw new ArgumentException(product.Name, nameof(product)),
        };
    }

    private static double[] Clamp(Activation activation, double[] values)
    {
        return Array.ConvertAll(values, value => activation switch
        {
            Activation.Relu => Math.Max(0, value),
            Activation.Relu6 => Math.Clamp(value, 0, 6),
            Activation.ReluN1To1 => Math.Clamp(value, -1, 1),
            _ => value,
        });
    }

    private static double[] FullyConnected(double[] data, double[] weights, int[] shape, double[] bias)
    {
        double[] results = new double[data.Length / shape[1] * shape[0]];
        for (int i = 0; i < results.Length; i++)
        {
            int output = i % shape[0];
            results[i] = bias[output];
            for (int k = 0; k < shape[1]; k++)
            {
                results[i] += data[(i / shape[0] * shape[1]) + k] * weights[(output * shape[1]) + k];
            }
        }

        return results;
    }

    private static double[] Convolution(WindowAttributes window, double[] data, int[] dataShape, double[] weights, int[] shape, double[] bias, int[] outputShape)
    {
        int groups = dataShape[3] / shape[3];
        return Windows(window, data, dataShape, shape[1], shape[2], bias, outputShape, (output, tap, pixel) =>
        {
            double sum = 0;
            int group = output / (shape[0] / groups);
            for (int k = 0; k < shape[3]; k++)
            {
                sum += pixel[(group * shape[3]) + k] * weights[(((output * shape[1] * shape[2]) + tap) * shape[3]) + k];
            }

            return sum;
        });
    }

    private static double[] Depthwise(WindowAttributes window, double[] data, int[] dataShape, double[] weights, int[] shape, double[] bias, int[] outputShape)
    {
        int multiplier = shape[3] / dataShape[3];
        return Windows(window, data, dataShape, shape[1], shape[2], bias, outputShape, (output, tap, pixel) => pixel[output / multiplier] * weights[(tap * shape[3]) + output]);
    }

    /// <summary>Sums what each tap of a window gives for the pixel that it meets.</summary>
    private static double[] Windows(
        WindowAttributes window, double[] data, int[] dataShape, int height, int width, double[] bias, int[] outputShape, Func<int, int, double[], double> product)
    {
        double[] results = new double[outputShape.Aggregate(1, (count, size) => count * size)];
        for (int i = 0; i < results.Length; i++)
        {
            int output = i % outputShape[3];
            int x = i / outputShape[3] % outputShape[2];
            int y = i / outputShape[3] / outputShape[2] % outputShape[1];
            int batch = i / outputShape[3] / outputShape[2] / outputShape[1];
            results[i] = bias[output];
            for (int tap = 0; tap < height * width; tap++)
            {
                int row = (y * window.StrideHeight) - window.PaddingTop + (tap / width * window.DilationHeight);
                int column = (x * window.StrideWidth) - window.PaddingLeft + (tap % width * window.DilationWidth);
                if (row >= 0 && row < dataShape[1] && column >= 0 && column < dataShape[2])
                {
                    int start = ((((batch * dataShape[1]) + row) * dataShape[2]) + column) * dataShape[3];
                    results[i] += product(output, tap, data[start..(start + dataShape[3])]);
                }
            }
        }

        return results;
    }
}
