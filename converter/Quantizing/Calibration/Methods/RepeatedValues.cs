namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// Takes out of a histogram what single values that occur again and again add to it: zeros behind a rectifier, what a layer makes of an empty
/// background. They say nothing of how fine the levels have to be, but would outweigh all that does.
/// </summary>
internal static class RepeatedValues
{
    /// <summary>How many bins on either side a bin is compared with.</summary>
    private const int Neighbours = 3;

    /// <summary>A bin may be so many times as dense as the densest of its neighbours.</summary>
    private const double Steepest = 2;

    /// <summary>The bins, without that of zeros, each at most twice as dense as those around it.</summary>
    public static HistogramBin[] Without(HistogramBin[] bins)
    {
        HistogramBin[] filled = [.. bins.Where(bin => bin.High > bin.Low)];
        double[] densities = [.. filled.Select(bin => bin.Count / ((double)bin.High - bin.Low))];
        return [.. filled.Select((bin, i) => bin with { Count = Math.Max((long)(bin.Count * Math.Min(1, Steepest * Around(densities, i) / densities[i])), 1) })];
    }

    private static double Around(double[] densities, int position)
    {
        double densest = 0;
        for (int i = Math.Max(position - Neighbours, 0); i <= Math.Min(position + Neighbours, densities.Length - 1); i++)
        {
            densest = i == position ? densest : Math.Max(densest, densities[i]);
        }

        return densest;
    }
}
