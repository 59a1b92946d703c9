namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// How the accumulators of output channels become outputs, expanded for kernels that finish several channels at once: arrays that are filled up to
/// whole vectors, with zeros or, where a vector holds several pixels, with the first channels again.
/// </summary>
internal sealed class ChannelScales
{
    internal ChannelScales(RowParameters parameters, int lanes)
    {
        Bias = new int[lanes];
        Multipliers = new int[lanes];
        LeftShifts = new int[lanes];
        RightShifts = new int[lanes];
        OutputOffset = parameters.OutputOffset;
        Minimum = parameters.Minimum;
        Maximum = parameters.Maximum;
        for (int lane = 0; lane < lanes; lane++)
        {
            int channel = Requantizer.ChannelOf(lane, parameters.Rows);
            if (channel < parameters.Rows)
            {
                int shift = parameters.Shifts[channel * parameters.PerRow];
                Bias[lane] = parameters.HasBias ? parameters.Bias[channel] : 0;
                Multipliers[lane] = parameters.Multipliers[channel * parameters.PerRow];
                LeftShifts[lane] = Math.Max(shift, 0);
                RightShifts[lane] = Math.Max(-shift, 0);
            }
        }
    }

    internal int[] Bias { get; }

    internal int[] Multipliers { get; }

    internal int[] LeftShifts { get; }

    internal int[] RightShifts { get; }

    internal int OutputOffset { get; }

    internal int Minimum { get; }

    internal int Maximum { get; }
}
