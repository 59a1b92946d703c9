namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The mean squared error that quantization makes of a tensor's values, rounding and clipping together, by its histogram: the values of a bin
/// are taken to be spread evenly over it, and their error is integrated exactly.
/// </summary>
/// <param name="statistics">What was seen of the tensor.</param>
/// <param name="levels">How many values the quantized tensor can take.</param>
/// <param name="symmetric">True if the zero point is 0.</param>
internal sealed class QuantizationError(TensorStatistics statistics, int levels, bool symmetric)
{
    private readonly (double Low, double High, double Share)[] _bins =
    [
        .. statistics.Bins.Where(bin => bin.High > bin.Low).Select(
            bin => ((double)Math.Max(bin.Low, statistics.Minimum), (double)Math.Min(bin.High, statistics.Maximum), (double)bin.Count / statistics.Count)),
    ];

    /// <summary>The mean squared error with a range, which is widened to hold 0.</summary>
    public double Of(TensorRange range)
    {
        (double step, double lowest, double highest) = Grid(Math.Min(range.Minimum, 0), Math.Max(range.Maximum, 0));
        if (step <= 0)
        {
            return statistics.MeanSquare;
        }

        double error = 0;
        foreach ((double low, double high, double share) in _bins)
        {
            error += share * (high > low ? Integral(low, high, step, lowest, highest) / (high - low) : AtPoint(low, step, lowest, highest));
        }

        return error;
    }

    /// <summary>The real numbers that the quantized tensor can hold: multiples of a step, from a lowest to a highest one.</summary>
    private (double Step, double Lowest, double Highest) Grid(double minimum, double maximum)
    {
        if (symmetric)
        {
            int highest = (levels / 2) - 1;
            double limit = Math.Max(-minimum, maximum) / highest;
            return (limit, -limit * (levels / 2), limit * highest);
        }

        double step = (maximum - minimum) / (levels - 1);
        double below = step > 0 ? Math.Clamp(Math.Round(-minimum / step), 0, levels - 1) : 0;
        return (step, -below * step, (levels - 1 - below) * step);
    }

    /// <summary>The squared error of all points between two.</summary>
    private static double Integral(double low, double high, double step, double lowest, double highest)
    {
        double below = low < lowest ? (Cube(lowest - low) - Cube(Math.Max(lowest - high, 0))) / 3 : 0;
        double above = high > highest ? (Cube(high - highest) - Cube(Math.Max(low - highest, 0))) / 3 : 0;
        double from = Math.Clamp(low, lowest, highest);
        double to = Math.Clamp(high, lowest, highest);
        return below + above + (to > from ? Rounding(to, step) - Rounding(from, step) : 0);
    }

    /// <summary>The squared distance to the nearest multiple of a step, summed from 0 to a point.</summary>
    private static double Rounding(double point, double step)
    {
        double nearest = Math.Round(point / step);
        return (nearest * Cube(step) / 12) + (Cube(point - (nearest * step)) / 3);
    }

    private static double AtPoint(double value, double step, double lowest, double highest)
    {
        double nearest = Math.Clamp(Math.Round(value / step) * step, lowest, highest);
        return (value - nearest) * (value - nearest);
    }

    private static double Cube(double value)
    {
        return value * value * value;
    }
}
