namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>Weights with one scale.</summary>
/// <param name="weights">The weights.</param>
/// <param name="importance">What each weight's squared error counts; null if all count the same.</param>
/// <param name="smallestScale">The smallest scale that they may have; 0 if any will do.</param>
internal sealed class WeightSlice(float[] weights, float[]? importance, double smallestScale = 0)
{
    public float[] Weights { get; } = weights;

    /// <summary>The largest absolute weight.</summary>
    public float Largest { get; } = weights.Max(Math.Abs);

    public double SmallestScale { get; } = smallestScale;

    public double Importance(int index)
    {
        return importance is null ? 1 : importance[index];
    }

    /// <summary>The squared error of the weights with a scale and a codebook, weighted by importance.</summary>
    public double Error(double scale, NearestEntry codebook)
    {
        double inverse = 1 / scale;
        double error = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            double difference = Weights[i] - (scale * codebook.Of(Weights[i] * inverse));
            error += Importance(i) * difference * difference;
        }

        return error;
    }

    /// <summary>The scale with the least squared error when each weight keeps the entry that it has with another scale; that one if there is none.</summary>
    public double LeastSquares(double scale, NearestEntry codebook)
    {
        double inverse = 1 / scale;
        double product = 0;
        double square = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            int entry = codebook.Of(Weights[i] * inverse);
            product += Importance(i) * Weights[i] * entry;
            square += Importance(i) * entry * entry;
        }

        return product > 0 && square > 0 ? product / square : scale;
    }
}
