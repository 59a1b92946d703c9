using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>The values of one tensor for one record, in short. Sums are added in one order on every machine.</summary>
/// <param name="Minimum">The smallest value; NaN if any value is NaN.</param>
/// <param name="Maximum">The largest value; NaN if any value is NaN.</param>
/// <param name="Sum">The sum of the values.</param>
/// <param name="SquareSum">The sum of their squares.</param>
internal readonly record struct RecordValues(float Minimum, float Maximum, double Sum, double SquareSum)
{
    /// <summary>Looks through values; there is at least one.</summary>
    public static RecordValues Of(ReadOnlySpan<float> values)
    {
        int vectors = values.Length / Vector256<float>.Count;
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector256<float> minimum = Vector256.Create(values[0]);
        Vector256<float> maximum = minimum;
        Vector256<double> sum = Vector256<double>.Zero;
        Vector256<double> squares = Vector256<double>.Zero;
        for (int i = 0; i < vectors; i++)
        {
            Vector256<float> vector = Vector256.LoadUnsafe(ref start, (nuint)(i * Vector256<float>.Count));
            minimum = Vector256.Min(minimum, vector);
            maximum = Vector256.Max(maximum, vector);
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(vector);
            sum += lower + upper;
            squares += (lower * lower) + (upper * upper);
        }

        float least = minimum[0];
        float most = maximum[0];
        for (int i = 1; i < Vector256<float>.Count; i++)
        {
            least = MathF.Min(least, minimum[i]);
            most = MathF.Max(most, maximum[i]);
        }

        double total = Vector256.Sum(sum);
        double squareTotal = Vector256.Sum(squares);
        foreach (float value in values[(vectors * Vector256<float>.Count)..])
        {
            least = MathF.Min(least, value);
            most = MathF.Max(most, value);
            total += value;
            squareTotal += (double)value * value;
        }

        return new RecordValues(least, most, total, squareTotal);
    }
}
