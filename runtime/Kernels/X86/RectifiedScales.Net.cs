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

    /// <summary>Channels, or numbers to start with, that are looked at together: two vectors.</summary>
    private const int Lanes = 8;

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
        Span<uint> smallest = stackalloc uint[Lanes];
        Span<uint> largest = stackalloc uint[Lanes];
        for (int channel = 0; channel < channels; channel++)
        {
            int lane = channel % Lanes;
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
    /// For <see cref="Lanes"/> channels from <paramref name="first"/> on the smallest and the largest of what the first accumulator of an output is above what
    /// it must be: the remainders of <c>half - k x unit</c> by the multiplier, for k from 1 to <paramref name="steps"/>.
    /// </summary>
    private static void FindRemainders(BoundedMultipliers multipliers, int first, int steps, Span<uint> smallest, Span<uint> largest)
    {
        Span<uint> divisors = stackalloc uint[Lanes];
        Span<uint> starts = stackalloc uint[Lanes];
        Span<uint> units = stackalloc uint[Lanes];
        divisors.Fill(1);
        starts.Clear();
        units.Clear();
        for (int lane = 0; lane < Lanes && first + lane < multipliers.Multipliers.Length; lane++)
        {
            int shift = multipliers.Shifts[first + lane];
            long divisor = Math.Max(multipliers.Multipliers[first + lane], 1);
            divisors[lane] = (uint)divisor;
            starts[lane] = (uint)(Half(shift) % divisor);
            units[lane] = (uint)((1L << (31 + shift)) % divisor);
        }

        // Two vectors, because a step waits for the one before. Wider ones could not be compiled ahead, and take long to be compiled when they are needed.
        int half = Vector128<uint>.Count;
        Vector128<uint> modulus0 = Vector128.Create<uint>(divisors);
        Vector128<uint> modulus1 = Vector128.Create<uint>(divisors[half..]);
        Vector128<uint> unit0 = Vector128.Create<uint>(units);
        Vector128<uint> unit1 = Vector128.Create<uint>(units[half..]);
        Vector128<uint> remainder0 = Vector128.Create<uint>(starts);
        Vector128<uint> remainder1 = Vector128.Create<uint>(starts[half..]);
        Vector128<uint> minimum0 = Vector128<uint>.AllBitsSet;
        Vector128<uint> minimum1 = minimum0;
        Vector128<uint> maximum0 = Vector128<uint>.Zero;
        Vector128<uint> maximum1 = maximum0;
        for (int step = 0; step < steps; step++)
        {
            // What falls below 0 is a huge number, and the smaller one a divisor later.
            remainder0 -= unit0;
            remainder1 -= unit1;
            remainder0 = Vector128.Min(remainder0, remainder0 + modulus0);
            remainder1 = Vector128.Min(remainder1, remainder1 + modulus1);
            minimum0 = Vector128.Min(minimum0, remainder0);
            minimum1 = Vector128.Min(minimum1, remainder1);
            maximum0 = Vector128.Max(maximum0, remainder0);
            maximum1 = Vector128.Max(maximum1, remainder1);
        }

        minimum0.CopyTo(smallest);
        minimum1.CopyTo(smallest[half..]);
        maximum0.CopyTo(largest);
        maximum1.CopyTo(largest[half..]);
    }

    /// <summary>The smallest number whose product with the multiplier is, in its lower half, above what is wanted by less than the width; -1 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FindStart(uint multiplier, uint wanted, uint width)
    {
        int half = Vector256<uint>.Count;
        Vector256<uint> above0 = (Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7) * Vector256.Create(multiplier)) - Vector256.Create(wanted);
        Vector256<uint> above1 = above0 + Vector256.Create(unchecked(multiplier * (uint)half));
        Vector256<uint> step = Vector256.Create(unchecked(multiplier * 2 * (uint)half));
        Vector256<uint> last = Vector256.Create(width - 1);
        for (int start = 0; start < LargestStart; start += 2 * half)
        {
            Vector256<uint> suitable0 = Vector256.Equals(Vector256.Min(above0, last), above0);
            Vector256<uint> suitable1 = Vector256.Equals(Vector256.Min(above1, last), above1);
            if ((suitable0 | suitable1) != Vector256<uint>.Zero)
            {
                uint suitable = suitable0.ExtractMostSignificantBits() | (suitable1.ExtractMostSignificantBits() << half);
                return start + (int)uint.TrailingZeroCount(suitable);
            }

            above0 += step;
            above1 += step;
        }

        return -1;
    }
}
