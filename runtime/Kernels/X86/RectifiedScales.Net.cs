using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// How accumulators of known range become outputs where the clamp cuts everything below the zero point, as after a rectifier. Accumulators start with
/// a small number more than their bias, chosen for each channel so that both roundings of the reference
/// (<see cref="Arithmetic.Requantization"/>) and the zero point are one sum of 32 bits:
/// <c>output = (high + addend) &gt;&gt; shift</c>, where <c>high</c> is the upper half of <c>accumulator x multiplier</c>.
/// </summary>
/// <remarks>
/// Of an accumulator of 0 or more the reference makes <c>floor((accumulator x multiplier + half) / unit)</c>: it reaches the output k with the first
/// accumulator from which the sum is <c>k x unit</c> or more. Another addend than <c>half</c> gives the same outputs if no such first accumulator
/// changes, which leaves an interval as wide as the multiplier less what the remainders at those accumulators, at most 255, spread. An accumulator that starts
/// with d more adds <c>d x multiplier</c>, the addend a multiple of 2^32: among some hundred numbers d there is one whose sum with a
/// multiple of 2^32 lies in the interval. Negative accumulators give outputs of the zero point or less, which the clamp cuts.
/// </remarks>
internal sealed class RectifiedScales
{
    /// <summary>Where in a record the multipliers of even lanes lie, each in the lower half of 64 bits.</summary>
    internal const int EvenMultipliers = 0;

    /// <summary>Where the multipliers of odd lanes lie, in the same way.</summary>
    internal const int OddMultipliers = 16;

    /// <summary>Where the addends lie.</summary>
    internal const int Addends = 32;

    /// <summary>Where the shifts lie.</summary>
    internal const int Shifts = 48;

    /// <summary>The length of a record.</summary>
    internal const int RecordLength = 64;

    /// <summary>The largest number that accumulators start with. One in some 256 suits.</summary>
    private const int LargestStart = 1 << 18;

    private readonly int[] _starts;

    private RectifiedScales(BoundedMultipliers multipliers, int[] starts, int[] addends)
    {
        int lanes = Requantizer.Period(starts.Length);
        _starts = starts;
        Channels = starts.Length;
        Minimum = (sbyte)multipliers.Parameters.Minimum;
        Maximum = (sbyte)multipliers.Parameters.Maximum;
        Records = new AlignedArray<int>(lanes / Requantizer.Lanes * RecordLength);
        Span<int> records = Records.Span;
        for (int lane = 0; lane < lanes; lane++)
        {
            int channel = Requantizer.ChannelOf(lane, Channels);
            if (channel < Channels)
            {
                int record = lane / Requantizer.Lanes * RecordLength;
                int at = lane % Requantizer.Lanes;
                records[record + (at % 2 == 0 ? EvenMultipliers + at : OddMultipliers + at - 1)] = multipliers.Multipliers[channel];
                records[record + Addends + at] = addends[channel];
                records[record + Shifts + at] = multipliers.Shifts[channel] - 1;
            }
        }
    }

    internal int Channels { get; }

    internal sbyte Minimum { get; }

    internal sbyte Maximum { get; }

    /// <summary>A record of <see cref="RecordLength"/> for each <see cref="Requantizer.Lanes"/> channels.</summary>
    internal AlignedArray<int> Records { get; }

    /// <summary>The scales; null where the clamp leaves outputs below the zero point, or a channel has no suitable start.</summary>
    /// <param name="multipliers">Multipliers and shifts of accumulators of known range.</param>
    internal static RectifiedScales? TryCreate(BoundedMultipliers multipliers)
    {
        RowParameters parameters = multipliers.Parameters;
        int steps = parameters.Maximum - parameters.OutputOffset;
        if (parameters.Minimum < parameters.OutputOffset || steps < 1)
        {
            return null;
        }

        int channels = parameters.Rows;
        int[] starts = new int[channels];
        int[] addends = new int[channels];
        Span<uint> smallest = stackalloc uint[Vector512<uint>.Count];
        Span<uint> largest = stackalloc uint[Vector512<uint>.Count];
        for (int channel = 0; channel < channels; channel++)
        {
            int lane = channel % Vector512<uint>.Count;
            if (lane == 0)
            {
                FindRemainders(multipliers, channel, steps, smallest, largest);
            }

            int shift = multipliers.Shifts[channel];
            long multiplier = multipliers.Multipliers[channel];
            long added = 0;
            if (multiplier != 0)
            {
                uint width = (uint)multiplier - (largest[lane] - smallest[lane]);
                long lowest = Half(shift) - smallest[lane];
                int start = FindStart((uint)multiplier, unchecked((uint)lowest), width);
                if (start < 0)
                {
                    return null;
                }

                starts[channel] = start;
                added = (lowest - (start * multiplier) + uint.MaxValue) >> 32;
            }

            addends[channel] = (int)added + (multipliers.Offsets[channel] << (shift - 1));
        }

        return new RectifiedScales(multipliers, starts, addends);
    }

    /// <summary>Adds to the bias of each channel what accumulators must start with beyond it.</summary>
    internal void AddStarts(Span<int> bias)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            bias[channel] += _starts[channel];
        }
    }

    /// <summary>What the roundings add to the product: half of what the multiplication rounds to, and half of what the shift rounds to.</summary>
    private static long Half(int shift)
    {
        return (1L << 30) + (1L << (30 + shift));
    }

    /// <summary>
    /// For some channels from <paramref name="first"/> on the smallest and the largest of what the first accumulator of an output is above what it must be:
    /// the remainders of <c>half - k x unit</c> by the multiplier, for k from 1 to <paramref name="steps"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindRemainders(BoundedMultipliers multipliers, int first, int steps, Span<uint> smallest, Span<uint> largest)
    {
        Span<uint> divisors = stackalloc uint[Vector512<uint>.Count];
        Span<uint> starts = stackalloc uint[Vector512<uint>.Count];
        Span<uint> units = stackalloc uint[Vector512<uint>.Count];
        divisors.Fill(1);
        starts.Clear();
        units.Clear();
        for (int lane = 0; lane < divisors.Length && first + lane < multipliers.Multipliers.Length; lane++)
        {
            int shift = multipliers.Shifts[first + lane];
            long divisor = Math.Max(multipliers.Multipliers[first + lane], 1);
            divisors[lane] = (uint)divisor;
            starts[lane] = (uint)(Half(shift) % divisor);
            units[lane] = (uint)((1L << (31 + shift)) % divisor);
        }

        Vector512<uint> modulus = Vector512.Create<uint>(divisors);
        Vector512<uint> unit = Vector512.Create<uint>(units);
        Vector512<uint> remainder = Vector512.Create<uint>(starts);
        Vector512<uint> minimum = Vector512<uint>.AllBitsSet;
        Vector512<uint> maximum = Vector512<uint>.Zero;
        for (int step = 0; step < steps; step++)
        {
            // What falls below 0 is a huge number, and the smaller one a divisor later.
            remainder -= unit;
            remainder = Vector512.Min(remainder, remainder + modulus);
            minimum = Vector512.Min(minimum, remainder);
            maximum = Vector512.Max(maximum, remainder);
        }

        minimum.CopyTo(smallest);
        maximum.CopyTo(largest);
    }

    /// <summary>The smallest number whose product with the multiplier is, in its lower half, above what is wanted by less than the width; -1 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FindStart(uint multiplier, uint wanted, uint width)
    {
        Vector512<uint> above = (Vector512<uint>.Indices * multiplier) - Vector512.Create(wanted);
        Vector512<uint> step = Vector512.Create(unchecked(multiplier * (uint)Vector512<uint>.Count));
        Vector512<uint> last = Vector512.Create(width - 1);
        for (int start = 0; start < LargestStart; start += Vector512<uint>.Count)
        {
            ulong suitable = Vector512.Equals(Vector512.Min(above, last), above).ExtractMostSignificantBits();
            if (suitable != 0)
            {
                return start + (int)ulong.TrailingZeroCount(suitable);
            }

            above += step;
        }

        return -1;
    }
}
