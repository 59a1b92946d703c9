namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>How an 8-bit difference becomes a fixed-point number, the argument of exp, logistic and tanh.</summary>
/// <param name="Multiplier">Brings a difference into the fixed-point format.</param>
/// <param name="Radius">The largest difference that the format still holds.</param>
internal readonly record struct ScaledInput(QuantizedMultiplier Multiplier, int Radius)
{
    /// <summary>Makes it for a format of 32 bits.</summary>
    /// <param name="realMultiplier">Units of the format in one step of the difference, above 0.</param>
    /// <param name="integerBits">Integer bits of the format.</param>
    public static ScaledInput Of(double realMultiplier, int integerBits)
    {
        QuantizedMultiplier multiplier = QuantizedMultiplier.From(realMultiplier);

        // A multiplier of 2^30 and above is held at less, but the radius follows from what it would be: 0.
        int shift = realMultiplier >= 1 << 30 ? 31 : multiplier.Shift;
        double radius = Math.Floor(((1 << integerBits) - 1.0) * Math.Pow(2, 31 - integerBits) / Math.Pow(2, shift));
        return new ScaledInput(multiplier, (int)Math.Min(radius, int.MaxValue));
    }

    /// <summary>The scaling of softmax: differences times scale and beta, in Q5.26.</summary>
    public static ScaledInput OfSoftmax(float beta, float scale)
    {
        return Of(Math.Min((double)beta * scale * (1 << (31 - SoftmaxIntegerBits)), int.MaxValue), SoftmaxIntegerBits);
    }

    /// <summary>Integer bits of the argument of exp in softmax.</summary>
    public const int SoftmaxIntegerBits = 5;
}
