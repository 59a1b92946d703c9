using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>Tells which of the graph's functions of one element a function is, by its values.</summary>
internal static class KnownFunctions
{
    private const float RelativeTolerance = 2e-5f;
    private const float AbsoluteTolerance = 2e-6f;

    // Beyond this a limit is none that was seen.
    private const float Limit = 1000;

    // The first of the points above zero.
    private const int Middle = 64;
    private const int FarPoints = 4;

    private static readonly UnaryFunction[] _functions =
    [
        UnaryFunction.Relu, UnaryFunction.Relu6, UnaryFunction.ReluN1To1, UnaryFunction.Relu0To1, UnaryFunction.HardSwish, UnaryFunction.Elu,
        UnaryFunction.Logistic, UnaryFunction.Tanh, UnaryFunction.Absolute, UnaryFunction.Square, UnaryFunction.Reciprocal, UnaryFunction.ReciprocalSquareRoot,
        UnaryFunction.Gelu, UnaryFunction.GeluTanh, UnaryFunction.Swish, UnaryFunction.Softplus, UnaryFunction.Softsign, UnaryFunction.Mish,
    ];

    /// <summary>
    /// Where functions are compared: close together around zero, where they bend, and far away, where clamps would differ. Never at zero itself,
    /// where quotients have no value.
    /// </summary>
    public static float[] Points { get; } = [.. Enumerable.Range(-Middle, 2 * Middle).Select(i => (i + 0.53f) / 8), .. Far(1), .. Far(-1)];

    private static readonly float[][] _values = [.. _functions.Select(function => Array.ConvertAll(Points, point => RealFunctions.Of(function)(point)))];

    /// <summary>The operation with these values at <see cref="Points"/>; null if there is none.</summary>
    public static Operation? Find(float[] values)
    {
        int known = Array.FindIndex(_values, candidate => Equal(candidate, values));
        return known >= 0
            ? new Unary(_functions[known])
            : Guesses(values).FirstOrDefault(guess => Equal(Array.ConvertAll(Points, point => At(guess, point)), values));
    }

    /// <summary>Functions with constants, the constants read off the values.</summary>
    private static IEnumerable<Operation> Guesses(float[] values)
    {
        float lowest = values.Min();
        float highest = values.Max();
        float farRight = values[(2 * Middle) + FarPoints - 1];
        float farLeft = values[^1];
        if (float.IsNaN(lowest))
        {
            yield break;
        }

        float lower = farLeft == lowest && lowest > -Limit ? lowest : float.NegativeInfinity;
        float upper = farRight == highest && highest < Limit ? highest : float.PositiveInfinity;
        if (lower < upper && (float.IsFinite(lower) || float.IsFinite(upper)))
        {
            yield return new Parametric(ParametricFunction.Clip, lower, upper);
        }

        if (lowest == 0 && highest == 1)
        {
            // The line between the points next to zero.
            float slope = (values[Middle] - values[Middle - 1]) / (Points[Middle] - Points[Middle - 1]);
            float sixth = MathF.Abs(slope - (1 / 6f)) < 1e-4f ? 1 / 6f : slope;
            yield return new Parametric(ParametricFunction.HardSigmoid, sixth, MathF.Abs(values[Middle] - (sixth * Points[Middle]) - 0.5f) < 1e-4f ? 0.5f : values[Middle] - (sixth * Points[Middle]));
        }

        // Functions without a bend at zero are multiplications, which other passes know better.
        float alpha = farLeft / Points[^1];
        if (MathF.Abs(values[Middle] - Points[Middle]) < AbsoluteTolerance && MathF.Abs(alpha - 1) > RelativeTolerance)
        {
            yield return new LeakyRelu(alpha);
        }
    }

    private static float At(Operation operation, float x)
    {
        return operation is LeakyRelu leaky ? x >= 0 ? x : leaky.Alpha * x : RealFunctions.Of(operation)!(x);
    }

    private static bool Equal(float[] expected, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            bool undefined = float.IsNaN(expected[i]) && float.IsNaN(values[i]);
            if (!undefined && !(MathF.Abs(expected[i] - values[i]) <= AbsoluteTolerance + (RelativeTolerance * MathF.Abs(expected[i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static float[] Far(int sign)
    {
        return [sign * 12.5f, sign * 40.25f, sign * 333.5f, sign * 4096.5f];
    }
}
