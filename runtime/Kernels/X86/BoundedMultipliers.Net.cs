namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Multipliers and shifts of accumulators whose range is known, as kernels need them that finish whole vectors without looking for overflow.</summary>
internal sealed class BoundedMultipliers
{
    private const int SmallestMultiplier = 1 << 30;
    private const long LargestAccumulator = 1 << 30;

    /// <summary>What a shifted zero point and half of what the shift rounds to may be at most, in units of the shift.</summary>
    private const long LargestAddend = 129;

    private BoundedMultipliers(RowParameters parameters, int[] multipliers, int[] shifts, int[] offsets)
    {
        Parameters = parameters;
        Multipliers = multipliers;
        Shifts = shifts;
        Offsets = offsets;
    }

    internal RowParameters Parameters { get; }

    /// <summary>For each channel 0, or 2^30 and more.</summary>
    internal int[] Multipliers { get; }

    /// <summary>For each channel the shift to the right after the multiplication, 1 to 23.</summary>
    internal int[] Shifts { get; }

    /// <summary>For each channel what is added after the shift: the zero point; where the multiplier is 0, the only output that the channel has.</summary>
    internal int[] Offsets { get; }

    /// <summary>Multipliers and shifts; null where accumulators may be too large, or they are not what whole vectors need.</summary>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="bounds">The largest magnitude of the accumulators of each channel (<see cref="ProductBounds"/>).</param>
    internal static BoundedMultipliers? TryCreate(RowParameters parameters, long[] bounds)
    {
        int[] multipliers = new int[parameters.Rows];
        int[] shifts = new int[parameters.Rows];
        int[] offsets = new int[parameters.Rows];
        for (int i = 0; i < multipliers.Length; i++)
        {
            if (ProductBounds.TryConstant(parameters, i, bounds[i], out offsets[i]))
            {
                shifts[i] = 1;
                continue;
            }

            int multiplier = parameters.Multipliers[i * parameters.PerRow];
            int shift = parameters.Shifts[i * parameters.PerRow];
            if (multiplier < SmallestMultiplier || shift >= 0 || bounds[i] >= LargestAccumulator || bounds[i] + (LargestAddend << -shift) > int.MaxValue)
            {
                return null;
            }

            multipliers[i] = multiplier;
            shifts[i] = -shift;
            offsets[i] = parameters.OutputOffset;
        }

        return new BoundedMultipliers(parameters, multipliers, shifts, offsets);
    }
}
