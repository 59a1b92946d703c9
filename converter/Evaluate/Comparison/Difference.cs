namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>
/// How far values are from what they should be: sums over elements, which add up over records.
/// </summary>
internal readonly record struct Difference
{
    /// <summary>The elements that were looked at.</summary>
    public long Elements { get; private init; }

    /// <summary>The sum of the squares of what they should be.</summary>
    public double Signal { get; private init; }

    /// <summary>The sum of the squares of what they are.</summary>
    public double Found { get; private init; }

    /// <summary>The sum of the products of both.</summary>
    public double Product { get; private init; }

    /// <summary>The sum of squared distances.</summary>
    public double Noise { get; private init; }

    /// <summary>The largest distance.</summary>
    public double Largest { get; private init; }

    /// <summary>Elements that are as close as they can be.</summary>
    public long Equal { get; private init; }

    /// <summary>The signal-to-quantization-noise ratio in dB: infinite where nothing differs, 0 where the distances are as large as the values.</summary>
    public double Decibels => Noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(Signal / Noise);

    /// <summary>The cosine of the angle between both, -1 to 1; 1 where both are 0 throughout.</summary>
    public double Cosine => Signal == 0 || Found == 0 ? (Signal == Found ? 1 : 0) : Math.Clamp(Product / Math.Sqrt(Signal) / Math.Sqrt(Found), -1, 1);

    /// <summary>The share of elements that are as close as they can be, 0 to 1.</summary>
    public double EqualShare => Elements == 0 ? 1 : (double)Equal / Elements;

    /// <summary>Measures.</summary>
    /// <param name="expected">What the values should be.</param>
    /// <param name="found">What they are.</param>
    /// <param name="tolerance">The distance up to which two values count as equal: half of a quantization step, say.</param>
    public static Difference Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        double signal = 0;
        double power = 0;
        double product = 0;
        double noise = 0;
        double largest = 0;
        long equal = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double should = expected[i];
            double value = found[i];
            double distance = should == value ? 0 : Math.Abs(should - value);
            signal += should * should;
            power += value * value;
            product += should * value;
            noise += distance * distance;
            largest = Math.Max(largest, distance);
            equal += distance <= tolerance ? 1 : 0;
        }

        return new Difference { Elements = expected.Length, Signal = signal, Found = power, Product = product, Noise = noise, Largest = largest, Equal = equal };
    }

    public static Difference operator +(Difference left, Difference right)
    {
        return new Difference
        {
            Elements = left.Elements + right.Elements,
            Signal = left.Signal + right.Signal,
            Found = left.Found + right.Found,
            Product = left.Product + right.Product,
            Noise = left.Noise + right.Noise,
            Largest = Math.Max(left.Largest, right.Largest),
            Equal = left.Equal + right.Equal,
        };
    }
}
