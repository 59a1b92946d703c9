using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// Fills the tables of <see cref="InterpolatedTable"/> as TensorFlow Lite does, in single precision: each entry is the function's value, less
/// half of what the straight line to the next entry misses in its middle.
/// </summary>
internal static class InterpolatedTableBuilder
{
    private const int Steps = InterpolatedTable.EntryCount - 1;

    /// <summary>The table of a function between two quantizations of 16 bits.</summary>
    public static short[] Build(float inputScale, int inputZeroPoint, float outputScale, int outputZeroPoint, Func<float, float> function)
    {
        float inputMinimum = inputScale * (short.MinValue - inputZeroPoint);
        float inputMaximum = inputScale * (short.MaxValue - inputZeroPoint);
        float outputMinimum = outputScale * (short.MinValue - outputZeroPoint);
        float outputMaximum = outputScale * (short.MaxValue - outputZeroPoint);
        float step = (inputMaximum - inputMinimum) / Steps;
        float halfStep = step / 2;
        float inverseScale = 65536f / (outputMaximum - outputMinimum);

        // Infinities would not survive the subtractions below.
        float Value(float x)
        {
            float value = function(x);
            return float.IsInfinity(value) ? Math.Clamp(value, outputMinimum, outputMaximum) : value;
        }

        short[] table = new short[InterpolatedTable.EntryCount];
        for (int i = 0; i < Steps; i++)
        {
            float value = Value(inputMinimum + (i * step));
            float middle = Value(inputMinimum + (i * step) + halfStep);
            float next = Value(inputMinimum + ((i + 1) * step));
            float sample = Rounded(value * inverseScale);
            float interpolated = Rounded(((next * inverseScale) + Rounded(value * inverseScale)) / 2);
            float missed = interpolated - Rounded(middle * inverseScale);
            table[i] = Saturated(sample - Rounded(missed / 2));
        }

        table[Steps] = Saturated(Rounded(Value(inputMaximum) * inverseScale));
        return table;
    }

    private static float Rounded(float value)
    {
        return MathF.Round(value, MidpointRounding.AwayFromZero);
    }

    private static short Saturated(float value)
    {
        return (short)Math.Clamp(value, short.MinValue, short.MaxValue);
    }
}
