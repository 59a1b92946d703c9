using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>
/// A codebook for slices of weights that each have a scale of their own, found by turns: the best entries for the scales, then the best scale
/// of each slice for the entries.
/// </summary>
/// <param name="Codebook">The entries, ascending.</param>
/// <param name="Scales">A scale for each slice.</param>
/// <param name="Error">The squared error of all weights, weighted by importance.</param>
internal sealed record CodebookFit(sbyte[] Codebook, double[] Scales, double Error)
{
    private const int MostRounds = 12;
    private const double LeastGain = 1e-3;

    /// <summary>Far above the numbers that single precision holds with fewer digits.</summary>
    private const double LeastScale = 1e-30;

    private static readonly double[] s_steps = [0.92, 0.97, 0.99, 1, 1.01, 1.03, 1.08];
    private static readonly double[] s_powers = [0.25, 0.5, 1];

    /// <summary>Finds one.</summary>
    /// <param name="slices">The weights.</param>
    /// <param name="scheme">Bits of an index, method, whether scales are powers of two.</param>
    /// <param name="keepsZero">True if 0 must be an entry; it is one in any case if a slice has nothing but zeros.</param>
    public static CodebookFit Of(IReadOnlyList<WeightSlice> slices, WeightScheme scheme, bool keepsZero)
    {
        float[] ranges = [.. slices.Select(slice => slice.Largest).Where(largest => largest > 0)];
        float rangeOfZeros = ranges.Length == 0 ? NearestEntry.Limit : ranges.Average();
        double[] scales = [.. slices.Select(slice => Allowed(slice, (slice.Largest > 0 ? slice.Largest : rangeOfZeros) / NearestEntry.Limit, scheme))];
        bool hasZero = keepsZero || ranges.Length < slices.Count;
        CodebookFit best = At(slices, scheme, hasZero, scales);
        for (int round = 0; round < MostRounds; round++)
        {
            NearestEntry nearest = new(best.Codebook);
            double[] moved = [.. slices.Select((slice, i) => slice.Largest > 0 ? BestScale(slice, best.Scales[i], nearest, scheme) : best.Scales[i])];
            CodebookFit next = At(slices, scheme, hasZero, moved);
            bool done = next.Error > best.Error * (1 - LeastGain);
            best = next.Error < best.Error ? next : best;
            if (done)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>A scale that the slice may have: the one that is given, the smallest that is allowed, or the next power of two.</summary>
    private static double Allowed(WeightSlice slice, double scale, WeightScheme scheme)
    {
        double allowed = Math.Max(scale, Math.Max(slice.SmallestScale, LeastScale));
        if (scheme.PowerOfTwo)
        {
            return Math.ScaleB(1, (int)Math.Ceiling(Math.Log2(allowed)));
        }

        float rounded = (float)allowed;
        return rounded < slice.SmallestScale ? MathF.BitIncrement(rounded) : rounded;
    }

    private static CodebookFit At(IReadOnlyList<WeightSlice> slices, WeightScheme scheme, bool keepsZero, double[] scales)
    {
        WeightMoments moments = new(slices, scales);
        int entries = 1 << scheme.IndexBits;
        sbyte[] codebook = scheme.CodebookMethod == CodebookMethod.Density
            ? DensityCodebook.Of(moments, entries, keepsZero)
            : LinearCodebook.Of(
                moments, slices.Select((slice, i) => slice.Weights.Min() / scales[i]).Min(), slices.Select((slice, i) => slice.Weights.Max() / scales[i]).Max(), entries, keepsZero);
        NearestEntry nearest = new(codebook);
        return new CodebookFit(codebook, scales, slices.Select((slice, i) => slice.Error(scales[i], nearest)).Sum());
    }

    private static double BestScale(WeightSlice slice, double scale, NearestEntry codebook, WeightScheme scheme)
    {
        double best = (scheme.PowerOfTwo ? s_powers : s_steps).Select(step => Allowed(slice, scale * step, scheme)).MinBy(candidate => slice.Error(candidate, codebook));
        if (scheme.PowerOfTwo)
        {
            return best;
        }

        double fitted = Allowed(slice, slice.LeastSquares(best, codebook), scheme);
        return slice.Error(fitted, codebook) < slice.Error(best, codebook) ? fitted : best;
    }
}
