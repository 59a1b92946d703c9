namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// How accumulators whose range is known become outputs, for kernels that finish whole vectors. Both roundings of the reference
/// (<see cref="Arithmetic.Requantization"/>) are one sum and one shift then:
/// <c>output = (high + (accumulator &gt;&gt; 31)) &gt;&gt; shift</c>, where <c>high</c> is the upper half of <c>2 x accumulator x multiplier + addend</c>.
/// </summary>
/// <remarks>
/// The addend holds one half for the multiplication, and, times 2^32, one half for the shift and the zero point. Where the multiplier is 2^30 or more
/// the product has the accumulator's sign (or is 0, and then the sign changes nothing), so that the accumulator says which halves go down.
/// </remarks>
internal sealed class BoundedScales
{
    /// <summary>Where in a record the multipliers of even lanes lie, each in the lower half of 64 bits.</summary>
    internal const int EvenMultipliers = 0;

    /// <summary>Where the multipliers of odd lanes lie, in the same way.</summary>
    internal const int OddMultipliers = 16;

    /// <summary>Where the addends of even lanes lie, of 64 bits.</summary>
    internal const int EvenAddends = 32;

    /// <summary>Where the addends of odd lanes lie, of 64 bits.</summary>
    internal const int OddAddends = 48;

    /// <summary>Where the shifts lie.</summary>
    internal const int Shifts = 64;

    /// <summary>The length of a record.</summary>
    internal const int RecordLength = 80;

    private const int SmallestMultiplier = 1 << 30;
    private const long LargestAccumulator = 1 << 30;

    /// <summary>The largest shift that leaves room for half and zero point.</summary>
    private const int LargestShift = 21;

    private BoundedScales(RowParameters parameters, int[] multipliers, int[] shifts, int[] offsets)
    {
        int lanes = Requantizer.Period(parameters.Rows);
        Channels = parameters.Rows;
        Minimum = (sbyte)parameters.Minimum;
        Maximum = (sbyte)parameters.Maximum;
        Records = new int[lanes / Requantizer.Lanes * RecordLength];
        for (int lane = 0; lane < lanes; lane++)
        {
            int channel = Requantizer.ChannelOf(lane, Channels);
            if (channel >= Channels)
            {
                continue;
            }

            int shift = shifts[channel];
            int record = lane / Requantizer.Lanes * RecordLength;
            int at = lane % Requantizer.Lanes;
            int even = at & ~1;
            bool odd = at != even;
            Records[record + (odd ? OddMultipliers : EvenMultipliers) + even] = multipliers[channel];
            Records[record + (odd ? OddAddends : EvenAddends) + even] = 1 << 31;
            Records[record + (odd ? OddAddends : EvenAddends) + even + 1] = (1 << (shift - 1)) + (offsets[channel] << shift);
            Records[record + Shifts + at] = shift;
        }
    }

    internal int Channels { get; }

    internal sbyte Minimum { get; }

    internal sbyte Maximum { get; }

    /// <summary>A record of <see cref="RecordLength"/> for each <see cref="Requantizer.Lanes"/> channels.</summary>
    internal int[] Records { get; }

    /// <summary>The scales; null where accumulators may be too large, or multipliers or shifts are not what the formula needs.</summary>
    /// <param name="parameters">Offsets, multipliers and clamp.</param>
    /// <param name="bounds">The largest magnitude of the accumulators of each channel (<see cref="ProductBounds"/>).</param>
    internal static BoundedScales? TryCreate(RowParameters parameters, long[] bounds)
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

            multipliers[i] = parameters.Multipliers[i * parameters.PerRow];
            shifts[i] = -parameters.Shifts[i * parameters.PerRow];
            offsets[i] = parameters.OutputOffset;
            if (bounds[i] >= LargestAccumulator || shifts[i] is < 1 or > LargestShift || multipliers[i] < SmallestMultiplier)
            {
                return null;
            }
        }

        return new BoundedScales(parameters, multipliers, shifts, offsets);
    }
}
