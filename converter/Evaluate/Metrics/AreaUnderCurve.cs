namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the share of true positives over that of false positives, as the threshold above
/// which a score counts as positive falls (Fawcett 2006). Equal scores fall together, so that the whole area is the chance that a positive has
/// a higher score than a negative, ties counting half.
/// </summary>
internal static class AreaUnderCurve
{
    /// <summary>The whole area, 0 to 1.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="positive">Whether each belongs to a positive; there must be both.</param>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        return Below(Curve(scores, positive), 1);
    }

    /// <summary>
    /// The area below a rate of false positives, scaled so that chance is 0.5 and perfection 1 (McClish 1989), as DCASE's anomaly detection
    /// challenge and scikit-learn have it.
    /// </summary>
    /// <param name="scores">The scores.</param>
    /// <param name="positive">Whether each belongs to a positive; there must be both.</param>
    /// <param name="most">The rate of false positives, above 0, at most 1.</param>
    public static double Partial(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double most)
    {
        double area = Below(Curve(scores, positive), most);
        double chance = most * most / 2;
        return 0.5 * (1 + ((area - chance) / (most - chance)));
    }

    /// <summary>The corners of the curve: the shares of false and true positives at each threshold, from (0, 0) to (1, 1).</summary>
    private static List<(double False, double True)> Curve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        double[] keys = scores.ToArray();
        bool[] items = positive.ToArray();
        Array.Sort(keys, items);
        int positives = items.Count(item => item);
        int negatives = items.Length - positives;
        List<(double, double)> curve = [(0, 0)];
        int truePositives = 0;
        int falsePositives = 0;
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            truePositives += items[i] ? 1 : 0;
            falsePositives += items[i] ? 0 : 1;
            if (i == 0 || keys[i - 1] != keys[i])
            {
                curve.Add(((double)falsePositives / negatives, (double)truePositives / positives));
            }
        }

        return curve;
    }

    private static double Below(List<(double False, double True)> curve, double most)
    {
        double area = 0;
        for (int i = 1; i < curve.Count; i++)
        {
            (double left, double low) = curve[i - 1];
            (double right, double high) = curve[i];
            if (left >= most)
            {
                break;
            }

            double end = Math.Min(right, most);
            double atEnd = right > left ? low + ((high - low) * (end - left) / (right - left)) : high;
            area += (end - left) * (low + atEnd) / 2;
        }

        return area;
    }
}
