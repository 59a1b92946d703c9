namespace EdgeQuant.Converter.Lower;

/// <summary>The attributes that <see cref="Runtime.Operators.Rescaling"/> reads.</summary>
internal static class RescalingLowering
{
    /// <summary>Multiplier and shift of a real factor.</summary>
    public static int[] Attributes(double factor)
    {
        QuantizedMultiplier multiplier = QuantizedMultiplier.From(factor);
        return [multiplier.Multiplier, multiplier.Shift];
    }
}
