using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>The integers that a weight can be.</summary>
internal readonly record struct IntegerRange(int Lowest, int Highest)
{
    /// <summary>
    /// The range of an encoding. Symmetric 8-bit weights leave out -128, as TensorFlow Lite's do; of 4 bits none is left out.
    /// </summary>
    public static IntegerRange Of(WeightEncoding encoding, bool symmetric)
    {
        return encoding == WeightEncoding.Int4 ? new IntegerRange(-8, 7) : new IntegerRange(symmetric ? -127 : -128, 127);
    }

    /// <summary>The nearest integer, ties away from zero.</summary>
    public int Round(double value, int zeroPoint = 0)
    {
        return (int)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero) + zeroPoint, Lowest, Highest);
    }
}
