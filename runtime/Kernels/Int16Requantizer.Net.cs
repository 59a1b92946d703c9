using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Finishes accumulators of 16-bit data, one after the other. They come without the bias, which may need 64 bits.</summary>
internal class Int16Requantizer : Requantizer
{
    /// <summary>The numbers that a lane needs.</summary>
    private const int Numbers = 3;

    private readonly RowParameters _parameters;

    /// <summary>For each lane of a period: multiplier, what is added, shift; see <see cref="ScaleOf"/>.</summary>
    private readonly long[] _scales;

    /// <param name="parameters">Bias, offsets, multipliers and clamp.</param>
    internal Int16Requantizer(RowParameters parameters)
        : base(parameters.Rows, sizeof(short))
    {
        _parameters = parameters;
        int period = Period(parameters.Rows);
        _scales = new long[period * Numbers];
        for (int lane = 0; lane < period; lane++)
        {
            (_scales[lane * Numbers], _scales[(lane * Numbers) + 1], _scales[(lane * Numbers) + 2]) = ScaleOf(lane, parameters);
        }
    }

    internal sealed override void Start(Span<int> bias)
    {
        bias.Clear();
    }

    /// <summary>How accumulators of a lane are scaled.</summary>
    /// <returns>
    /// With 64-bit accumulators the multiplier of 15 bits, what is added to the product (the bias, multiplied, and what rounds), and the product's shift to the
    /// right; with those of 32 bits multiplier, bias and shift as the parameters have them. 0 and shift 1 for lanes that only fill a vector.
    /// </returns>
    protected static (long Multiplier, long Added, long Shift) ScaleOf(int lane, RowParameters parameters)
    {
        int channel = ChannelOf(lane, parameters.Rows);
        if (channel >= parameters.Rows)
        {
            return (0, 0, parameters.Wide ? 1 : 0);
        }

        long bias = parameters.HasWideBias ? parameters.WideBias[channel] : parameters.HasBias ? parameters.Bias[channel] : 0;
        int multiplier = parameters.Multipliers[channel * parameters.PerRow];
        int shift = parameters.Shifts[channel * parameters.PerRow];
        if (!parameters.Wide)
        {
            return (multiplier, bias, shift);
        }

        // As Requantization.MultiplyByQuantizedMultiplier of 64 bits; what leaves 64 bits there does so here in the same way.
        int reduced = Requantization.ReduceMultiplier(multiplier);
        int right = 15 - shift;
        return (reduced, unchecked((bias * reduced) + (1L << (right - 1))), right);
    }

    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref short results = ref Unsafe.As<sbyte, short>(ref output);
        ref long scales = ref MemoryMarshal.GetArrayDataReference(_scales);
        int period = _scales.Length / Numbers;
        int left = vectors * Lanes;
        while (left > 0)
        {
            int lanes = Math.Min(period, left);
            if (_parameters.Wide)
            {
                FinishWide(ref sums, lanes, ref results, ref scales, _parameters.OutputOffset, _parameters.Minimum, _parameters.Maximum);
            }
            else
            {
                FinishNarrow(ref sums, lanes, ref results, ref scales);
            }

            sums = ref Unsafe.Add(ref sums, lanes);
            results = ref Unsafe.Add(ref results, lanes);
            left -= lanes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FinishWide(ref int sums, nint lanes, ref short results, ref long scales, int offset, int minimum, int maximum)
    {
        for (nint lane = 0; lane < lanes; lane++)
        {
            long product = (Unsafe.Add(ref sums, lane) * scales) + Unsafe.Add(ref scales, 1);
            int scaled = (int)(product >> (int)Unsafe.Add(ref scales, 2)) + offset;
            Unsafe.Add(ref results, lane) = (short)Math.Min(Math.Max(scaled, minimum), maximum);
            scales = ref Unsafe.Add(ref scales, Numbers);
        }
    }

    private void FinishNarrow(ref int sums, int lanes, ref short results, ref long scales)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            int sum = (int)(Unsafe.Add(ref sums, lane) + Unsafe.Add(ref scales, 1));
            Unsafe.Add(ref results, lane) = (short)_parameters.Finish(sum, (int)scales, (int)Unsafe.Add(ref scales, 2));
            scales = ref Unsafe.Add(ref scales, Numbers);
        }
    }
}
