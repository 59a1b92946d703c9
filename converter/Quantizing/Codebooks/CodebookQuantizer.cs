using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Quantizing.Weights;
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
        WeightSlice[] slices = Slices(weights, shape, channelAxis, scheme.PerChannel ? shape[channelAxis] : 1, options);
        CodebookFit one = CodebookFit.Of(slices, scheme, options.KeepsZero);
        CodebookFit[] fits = OneEach(slices, scheme, options.KeepsZero, one) ?? [one];
        double[] scales = [.. fits.SelectMany(fit => fit.Scales)];
        NearestEntry[] nearest = Array.ConvertAll(fits, fit => new NearestEntry(fit.Codebook));
        WeightSlices places = new(shape, channelAxis, slices.Length);
        sbyte[] values = new sbyte[weights.Length];
        HashSet<sbyte>[] used = Array.ConvertAll(fits, _ => new HashSet<sbyte>());
        for (int i = 0; i < values.Length; i++)
        {
            int slice = places.Of(i);
            int fit = fits.Length == 1 ? 0 : slice;
            values[i] = nearest[fit].Of(weights[i] / scales[slice]);
            used[fit].Add(values[i]);
        }

        return new QuantizedWeights(
            values,
            new Quantization(Array.ConvertAll(scales, scale => (float)scale), new long[scales.Length], channelAxis),
            new SharedWeights([.. used.Select(entries => entries.Order().ToArray())], channelAxis));
    }

    private static WeightSlice[] Slices(float[] weights, int[] shape, int axis, int count, CodebookOptions options)
    {
        WeightSlices places = new(shape, axis, count);
        float[][] values = places.Split(weights);
        float[][]? importance = options.Importance is null ? null : places.Split(options.Importance);
        return [.. values.Select((slice, i) => new WeightSlice(slice, importance?[i], SmallestScale(options, i, count)))];
    }

    private static double SmallestScale(CodebookOptions options, int slice, int count)
    {
        return options.SmallestScales is null ? 0 : count == 1 ? options.SmallestScales.Max() : options.SmallestScales[slice];
    }

    /// <summary>A codebook for each slice; null where one for all is better for its size.</summary>
    private static CodebookFit[]? OneEach(WeightSlice[] slices, WeightScheme scheme, bool keepsZero, CodebookFit one)
    {
        int length = slices[0].Weights.Length;
        long extraBits = 8L * (slices.Length - 1) * one.Codebook.Length;
        double needed = Math.Pow(GainOfABit, (double)extraBits / ((long)slices.Length * length));
        if (slices.Length == 1 || slices.Length > SharedLayout.MostCodebooks || one.Error == 0 || needed > MostGain)
        {
            return null;
        }

        CodebookFit[] fits = [.. slices.AsParallel().AsOrdered().Select(slice => CodebookFit.Of([slice], scheme, keepsZero))];
        return one.Error > needed * fits.Sum(fit => fit.Error) ? fits : null;
    }
}
