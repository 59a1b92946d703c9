namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>The Kullback-Leibler divergence between a distribution and what clipping and quantization leave of it.</summary>
internal static class DistributionLoss
{
    /// <summary>The probability of a bin that quantization leaves empty: what is clipped from there costs much if it is much.</summary>
    private const double Least = 1e-6;

    /// <summary>The divergence, in nats.</summary>
    /// <param name="counts">The distribution; not all of it is 0.</param>
    /// <param name="first">The first bin inside the range.</param>
    /// <param name="last">The first bin behind the range.</param>
    /// <param name="levels">How many levels the bins inside are brought to; at most as many as they are.</param>
    public static double Of(ReadOnlySpan<double> counts, int first, int last, int levels)
    {
        double below = Sum(counts[..first]);
        double above = Sum(counts[last..]);
        double[] quantized = Quantized(counts[first..last], below, above, levels);
        double total = below + above + Sum(counts[first..last]);
        double divergence = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                double p = counts[i] / total;
                double q = i >= first && i < last ? quantized[i - first] / total : 0;
                divergence += p * Math.Log(p / Math.Max(q, Least));
            }
        }

        return divergence;
    }

    /// <summary>Each level's count spread evenly over those of its bins that hold values; what is clipped is at the first and the last level.</summary>
    private static double[] Quantized(ReadOnlySpan<double> counts, double below, double above, int levels)
    {
        double[] quantized = new double[counts.Length];
        for (int level = 0; level < levels; level++)
        {
            int start = (int)((long)level * counts.Length / levels);
            int end = (int)((long)(level + 1) * counts.Length / levels);
            double sum = (level == 0 ? below : 0) + (level == levels - 1 ? above : 0);
            int filled = 0;
            for (int i = start; i < end; i++)
            {
                sum += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }

            for (int i = start; i < end; i++)
            {
                quantized[i] = counts[i] > 0 ? sum / filled : 0;
            }
        }

        return quantized;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
