using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>Quantizes weights so that they share few values, each weight the nearest entry of a codebook of 8-bit integers times its scale.</summary>
internal static class CodebookQuantizer
{
    /// <summary>One more bit of every index divides the squared error by about this.</summary>
    private const double GainOfABit = 4;

    /// <summary>Where codebooks of their own would have to divide the squared error by more than this to pay, they are not even tried.</summary>
    private const double MostGain = 64;

    /// <summary>Quantizes weights.</summary>
    /// <param name="weights">The weights, row-major, all finite.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="channelAxis">The axis of output channels.</param>
    /// <param name="scheme">
    /// Bits of an index and method; per channel: each channel has a scale of its own, and a codebook of its own too where that lowers the squared
    /// error more than the same number of bytes would in longer indices.
    /// </param>
    /// <param name="options">What else is known of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scheme's index does not have 2 to 8 bits.</exception>
    public static QuantizedWeights Run(float[] weights, int[] shape, int channelAxis, WeightScheme scheme, CodebookOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scheme.IndexBits, SharedLayout.FewestBits, nameof(scheme));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scheme.IndexBits, SharedLayout.MostBits, nameof(scheme));
        options ??= CodebookOptions.Default;
        WeightSlices sorted = new(weights, shape, scheme.PerChannel ? channelAxis : -1, options.Importance);
        IReadOnlyList<WeightSlice> slices = sorted.Slices;
        CodebookFit one = CodebookFit.Of(slices, scheme, options.KeepsZero);
        CodebookFit[] fits = OneEach(slices, scheme, options, one) ?? [one];
        double[] scales = [.. fits.SelectMany(fit => fit.Scales)];
        sbyte[][] values = [.. slices.Select((slice, i) => Values(slice, scales[i], fits[fits.Length == 1 ? 0 : i].Codebook))];
        IEnumerable<sbyte[]> shares = fits.Length == 1 ? [[.. values.SelectMany(slice => slice)]] : values;
        return new QuantizedWeights(
            sorted.Join(values),
            new Quantization(Array.ConvertAll(scales, scale => (float)scale), new long[scales.Length], channelAxis),
            new SharedWeights([.. shares.Select(share => share.Distinct().Order().ToArray())], channelAxis));
    }

    /// <summary>A codebook for each slice; null where one for all is better for its size.</summary>
    private static CodebookFit[]? OneEach(IReadOnlyList<WeightSlice> slices, WeightScheme scheme, CodebookOptions options, CodebookFit one)
    {
        int length = slices[0].Weights.Length;
        long extraBits = 8L * (slices.Count - 1) * one.Codebook.Length;
        double needed = Math.Pow(GainOfABit, (double)extraBits / ((long)slices.Count * length));
        if (slices.Count == 1 || slices.Count > SharedLayout.MostCodebooks || one.Error == 0 || needed > MostGain)
        {
            return null;
        }

        CodebookFit[] fits = [.. slices.AsParallel().AsOrdered().Select(slice => CodebookFit.Of([slice], scheme, options.KeepsZero))];
        return one.Error > needed * fits.Sum(fit => fit.Error) ? fits : null;
    }

    private static sbyte[] Values(WeightSlice slice, double scale, sbyte[] codebook)
    {
        NearestEntry nearest = new(codebook);
        return Array.ConvertAll(slice.Weights, weight => nearest.Of(weight / scale));
    }
}
