using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Local response normalization (Krizhevsky et al., 2012): data over (bias + alpha / size x the sum of squares of neighbouring channels) to the
/// power of beta. The sum is a convolution of single pixels whose filter is a band of equal weights.
/// </summary>
internal static class LrnImport
{
    public static void Import(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        AttributeReader attributes = context.Attributes;
        long size = attributes.Int("size", 0);
        ImportContext.Require(size is >= 1 and <= ushort.MaxValue, $"Its size is {size}; it is 1 or more.");
        if (data.Rank is not (3 or 4))
        {
            throw ImportContext.Refused($"The data {data} has {Math.Max(data.Rank - 2, 0)} spatial dimensions; supported are 1 and 2.", "Use another normalization.");
        }

        Tensor images = SlidingWindow.ImageOf(graph, data);
        int channels = data.Shape[1];
        Tensor filter = graph.Constant([channels, 1, 1, channels], Band(channels, (int)size, attributes.Float("alpha", 1e-4f) / size));
        Tensor bias = graph.Constant([channels], [.. Enumerable.Repeat(attributes.Float("bias", 1), channels)]);
        WindowAttributes pixel = new(1, 1, 1, 1, 0, 0, 0, 0);
        Tensor sums = graph.Add(new Convolution2D(pixel, Activation.None), images.Shape, graph.Unary(UnaryFunction.Square, images), filter, bias);
        Tensor factors = graph.Add(new Parametric(ParametricFunction.Power, -attributes.Float("beta", 0.75f), 0), images.Shape, sums);
        context.Give(SlidingWindow.Back(graph, graph.Arithmetic(ArithmeticFunction.Multiply, images, factors), data));
    }

    /// <summary>Row by row the weight at the channels that a channel's sum takes: half of the size before it, the rest from it on.</summary>
    private static float[] Band(int channels, int size, float weight)
    {
        Shapes.RequireSize([channels, channels]);
        float[] band = new float[channels * channels];
        for (int channel = 0; channel < channels; channel++)
        {
            int first = Math.Max(channel - ((size - 1) / 2), 0);
            int end = Math.Min(channel + (size / 2) + 1, channels);
            band.AsSpan((channel * channels) + first, end - first).Fill(weight);
        }

        return band;
    }
}
