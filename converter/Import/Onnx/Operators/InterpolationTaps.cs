namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>The pixels that an interpolation takes together, and with which weights.</summary>
/// <param name="Count">How many, half of them before the position.</param>
/// <param name="ExcludesOutside">Pixels beyond the border count nothing, instead of as much as the border's.</param>
/// <param name="Weights">The weights for a position's distance (0 to 1) from the last pixel before it.</param>
internal sealed record InterpolationTaps(int Count, bool ExcludesOutside, Func<double, double[]> Weights)
{
    /// <summary>Two pixels, each the more the nearer it is.</summary>
    public static InterpolationTaps Linear { get; } = new(2, ExcludesOutside: false, distance => [1 - distance, distance]);

    /// <summary>Four pixels by cubic convolution (Keys, 1981).</summary>
    /// <param name="a">The slope of the second piece, -0.5 or -0.75.</param>
    /// <param name="excludesOutside">Pixels beyond the border count nothing.</param>
    public static InterpolationTaps Cubic(float a, bool excludesOutside)
    {
        return new InterpolationTaps(4, excludesOutside, distance => [Outer(a, 1 + distance), Inner(a, distance), Inner(a, 1 - distance), Outer(a, 2 - distance)]);
    }

    private static double Inner(double a, double x)
    {
        return ((((a + 2) * x) - (a + 3)) * x * x) + 1;
    }

    private static double Outer(double a, double x)
    {
        return (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a);
    }
}
