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

    /// <param name="multipliers">Multipliers, shifts, zero point and clamp.</param>
    internal BoundedScales(BoundedMultipliers multipliers)
    {
        RowParameters parameters = multipliers.Parameters;
        int lanes = Requantizer.Period(parameters.Rows);
        Channels = parameters.Rows;
        Minimum = (sbyte)parameters.Minimum;
        Maximum = (sbyte)parameters.Maximum;
        Records = new AlignedArray<int>(lanes / Requantizer.Lanes * RecordLength);
        Span<int> records = Records.Span;
        for (int lane = 0; lane < lanes; lane++)
        {
            int channel = Requantizer.ChannelOf(lane, Channels);
            if (channel >= Channels)
            {
                continue;
            }

            int shift = multipliers.Shifts[channel];
            int record = lane / Requantizer.Lanes * RecordLength;
            int at = lane % Requantizer.Lanes;
            int even = at & ~1;
            bool odd = at != even;
            records[record + (odd ? OddMultipliers : EvenMultipliers) + even] = multipliers.Multipliers[channel];
            records[record + (odd ? OddAddends : EvenAddends) + even] = 1 << 31;
            records[record + (odd ? OddAddends : EvenAddends) + even + 1] = (1 << (shift - 1)) + (multipliers.Offsets[channel] << shift);
            records[record + Shifts + at] = shift;
        }
    }

    internal int Channels { get; }

    internal sbyte Minimum { get; }

    internal sbyte Maximum { get; }

    /// <summary>A record of <see cref="RecordLength"/> for each <see cref="Requantizer.Lanes"/> channels.</summary>
    internal AlignedArray<int> Records { get; }
}
