namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How far two sets of scores order the same records alike: Spearman's rank correlation, equal scores having the mean of their ranks.</summary>
internal static class RankCorrelation
{
    /// <summary>The correlation, -1 to 1; null where one of both orders nothing, all its scores being equal.</summary>
    /// <param name="first">A score for each record.</param>
    /// <param name="second">As many.</param>
    public static double? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] one = Ranks(first);
        double[] other = Ranks(second);
        double mean = (one.Length - 1) / 2.0;
        double product = 0;
        double power = 0;
        double otherPower = 0;
        for (int i = 0; i < one.Length; i++)
        {
            product += (one[i] - mean) * (other[i] - mean);
            power += (one[i] - mean) * (one[i] - mean);
            otherPower += (other[i] - mean) * (other[i] - mean);
        }

        return power > 0 && otherPower > 0 ? Math.Clamp(product / Math.Sqrt(power) / Math.Sqrt(otherPower), -1, 1) : null;
    }

    private static double[] Ranks(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[places[i]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
