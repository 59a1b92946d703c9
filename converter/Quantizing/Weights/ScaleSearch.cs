using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>
/// The scale of symmetric weights: the one with the least squared error of rounding and clipping, of those that hold the largest weight or cut off
/// a part of it. With four bits that is often a large part; with eight, the search finds the scale whose multiples the weights lie closest to.
/// </summary>
internal static class ScaleSearch
{
    private const int Steps = 60;
    private const double NarrowestOf4Bits = 0.35;
    private const double NarrowestOf8Bits = 0.8;
    private const int Refinements = 3;

    /// <summary>The scale of a slice; 0 if all weights are.</summary>
    public static double Run(float[] values, WeightEncoding encoding, bool powerOfTwo)
    {
        IntegerRange range = IntegerRange.Of(encoding, symmetric: true);
        double largest = values.Length == 0 ? 0 : values.Max(value => Math.Abs((double)value));
        double covering = largest / range.Highest;
        if (covering == 0)
        {
            return 0;
        }

        if (powerOfTwo)
        {
            double above = Math.ScaleB(1, (int)Math.Ceiling(Math.Log2(covering)));
            return new[] { above, above / 2, above / 4 }.MinBy(scale => Error(values, scale, range));
        }

        double narrowest = encoding == WeightEncoding.Int4 ? NarrowestOf4Bits : NarrowestOf8Bits;
        return Refined(values, Best(values, covering, narrowest, range), range);
    }

    /// <summary>The sum of squared errors with a scale.</summary>
    public static double Error(ReadOnlySpan<float> values, double scale, IntegerRange range)
    {
        double inverse = 1 / scale;
        double sum = 0;
        foreach (float value in values)
        {
            double error = value - (range.Round(value * inverse) * scale);
            sum += error * error;
        }

        return sum;
    }

    private static double Best(float[] values, double covering, double narrowest, IntegerRange range)
    {
        IEnumerable<double> candidates = Enumerable.Range(0, Steps + 1).Select(i => covering * (1 - ((1 - narrowest) * i / Steps)));
        return candidates.MinBy(scale => Error(values, scale, range));
    }

    /// <summary>With the integers held, the best scale is that of least squares; with it others may be nearest.</summary>
    private static double Refined(float[] values, double scale, IntegerRange range)
    {
        for (int i = 0; i < Refinements; i++)
        {
            double product = 0;
            double square = 0;
            foreach (float value in values)
            {
                int integer = range.Round(value / scale);
                product += (double)value * integer;
                square += (double)integer * integer;
            }

            double refined = square == 0 ? scale : product / square;
            if (!(refined > 0) || Error(values, refined, range) >= Error(values, scale, range))
            {
                break;
            }

            scale = refined;
        }

        return scale;
    }
}
