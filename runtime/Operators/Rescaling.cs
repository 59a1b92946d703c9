using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The real factor multiplier x 2^(shift - 31) that turns accumulators of one scale into integers of another.</summary>
internal readonly struct Rescaling
{
    private const int MinimumShift = -31;
    private const int MaximumShift = 30;
    private const int MaximumWideShift = 14;

    /// <summary>Reads the attributes multiplier (0 and above) and shift (-31 to 30, to 14 for 64-bit accumulators).</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="name">What the factor is for, in messages.</param>
    /// <param name="wide">True if accumulators have 64 bits.</param>
    internal Rescaling(OperatorReader reader, string name, bool wide)
    {
        Multiplier = reader.Attribute(name, "multiplier", 0, int.MaxValue);
        Shift = reader.Attribute(name, "shift", MinimumShift, wide ? MaximumWideShift : MaximumShift);
    }

    /// <summary>A factor that is known already.</summary>
    /// <param name="multiplier">0 and above.</param>
    /// <param name="shift">-31 to 30, to 14 for 64-bit accumulators.</param>
    internal Rescaling(int multiplier, int shift)
    {
        Multiplier = multiplier;
        Shift = shift;
    }

    internal int Multiplier { get; }

    internal int Shift { get; }

    internal int Apply(int accumulator)
    {
        return Requantization.MultiplyByQuantizedMultiplier(accumulator, Multiplier, Shift);
    }

    internal int Apply(long accumulator)
    {
        return Requantization.MultiplyByQuantizedMultiplier(accumulator, Multiplier, Shift);
    }
}
