using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Finishes accumulators of known range one after the other.</summary>
internal sealed class ScalarRequantizer : Requantizer
{
    private readonly ScalarScale[] _scales;
    private readonly int _maximum;
    private readonly int _range;

    private ScalarRequantizer(RowParameters parameters, ScalarScale[] scales)
        : base(parameters.Rows)
    {
        _scales = scales;
        _maximum = parameters.Maximum;
        _range = parameters.Maximum - parameters.Minimum;
    }

    /// <summary>Prepares it; null where accumulators may leave 32 bits, or a shift is too large.</summary>
    /// <param name="parameters">Offsets, multipliers and clamp.</param>
    /// <param name="bounds">The largest magnitude of the accumulators of each channel (<see cref="ProductBounds"/>).</param>
    internal static ScalarRequantizer? TryCreate(RowParameters parameters, long[] bounds)
    {
        ScalarScale[] scales = new ScalarScale[Period(parameters.Rows)];
        for (int lane = 0; lane < scales.Length; lane++)
        {
            int channel = ChannelOf(lane, parameters.Rows);
            if (channel >= parameters.Rows)
            {
                continue;
            }

            int multiplier = parameters.Multipliers[channel * parameters.PerRow];
            int shift = parameters.Shifts[channel * parameters.PerRow];
            int offset = parameters.OutputOffset;
            if (ProductBounds.TryConstant(parameters, channel, bounds[channel], out int constant))
            {
                multiplier = 0;
                shift = 0;
                offset = constant;
            }

            if (bounds[channel] << Math.Max(shift, 0) > int.MaxValue || shift < ScalarScale.SmallestShift)
            {
                return null;
            }

            scales[lane] = new ScalarScale(multiplier, shift, offset - parameters.Minimum);
        }

        return new ScalarRequantizer(parameters, scales);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ref ScalarScale first = ref MemoryMarshal.GetArrayDataReference(_scales);
        ref ScalarScale end = ref Unsafe.Add(ref first, _scales.Length);
        ref ScalarScale scale = ref first;
        int maximum = _maximum;
        int range = _range;
        for (nint lane = 0; lane < vectors * Lanes; lane++)
        {
            Unsafe.Add(ref output, lane) = ScalarScale.Clamp(scale.Apply(Unsafe.Add(ref sums, lane)), maximum, range);
            scale = ref Unsafe.Add(ref scale, 1);
            if (Unsafe.AreSame(ref scale, ref end))
            {
                scale = ref first;
            }
        }
    }
}
