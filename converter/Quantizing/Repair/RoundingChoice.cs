using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>The two integers that a weight can be rounded to, and where between them it lies.</summary>
/// <param name="Lower">For each weight the integer at or below it.</param>
/// <param name="Upper">For each weight the integer above it; the same where there is no choice.</param>
/// <param name="LowerReal">What the lower integers mean.</param>
/// <param name="Step">The distance from the lower to the upper number.</param>
/// <param name="Fraction">Where the weight lies between both, 0 to 1.</param>
internal sealed record RoundingChoice(sbyte[] Lower, sbyte[] Upper, float[] LowerReal, float[] Step, float[] Fraction)
{
    /// <summary>The choices of all weights.</summary>
    /// <param name="values">The real weights.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="nearest">The weights as they are quantized without a choice: their scales, zero points and codebooks are kept.</param>
    /// <param name="range">The integers of their encoding.</param>
    public static RoundingChoice Of(float[] values, int[] shape, QuantizedWeights nearest, IntegerRange range)
    {
        RoundingChoice choice = new(new sbyte[values.Length], new sbyte[values.Length], new float[values.Length], new float[values.Length], new float[values.Length]);
        WeightSlices scales = new(shape, nearest.Quantization.Axis, nearest.Quantization.Scales.Length);
        WeightSlices books = new(shape, nearest.Shared?.Axis ?? 0, nearest.Shared?.Codebooks.Count ?? 1);
        for (int i = 0; i < values.Length; i++)
        {
            float scale = nearest.Quantization.Scales[scales.Of(i)];
            long zeroPoint = nearest.Quantization.ZeroPoints[scales.Of(i)];
            double position = (values[i] / (double)scale) + zeroPoint;
            (int lower, int upper) = nearest.Shared is null ? Between(position, range) : Between(position, nearest.Shared.Codebooks[books.Of(i)]);
            choice.Lower[i] = (sbyte)lower;
            choice.Upper[i] = (sbyte)upper;
            choice.LowerReal[i] = scale * (lower - zeroPoint);
            choice.Step[i] = scale * (upper - lower);
            choice.Fraction[i] = upper == lower ? 0 : (float)Math.Clamp((position - lower) / (upper - lower), 0, 1);
        }

        return choice;
    }

    private static (int Lower, int Upper) Between(double position, IntegerRange range)
    {
        int lower = (int)Math.Clamp(Math.Floor(position), range.Lowest, range.Highest);
        bool outside = position < range.Lowest || position >= range.Highest;
        return (lower, outside ? lower : lower + 1);
    }

    private static (int Lower, int Upper) Between(double position, sbyte[] codebook)
    {
        int upper = Array.FindIndex(codebook, entry => entry > position);
        return upper < 0 ? (codebook[^1], codebook[^1]) : upper == 0 ? (codebook[0], codebook[0]) : (codebook[upper - 1], codebook[upper]);
    }
}
