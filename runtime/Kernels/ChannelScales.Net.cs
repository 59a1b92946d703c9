namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// How the accumulators of output channels become outputs, expanded for kernels that finish several channels at once: arrays that are filled
/// up to whole vectors.
/// </summary>
internal sealed class ChannelScales
{
    internal ChannelScales(RowParameters parameters, int channels)
    {
        Bias = new int[channels];
        Multipliers = new int[channels];
        LeftShifts = new int[channels];
        RightShifts = new int[channels];
        OutputOffset = parameters.OutputOffset;
        Minimum = parameters.Minimum;
        Maximum = parameters.Maximum;
        for (int i = 0; i < parameters.Rows; i++)
        {
            int shift = parameters.Shifts[i * parameters.PerRow];
            Bias[i] = parameters.HasBias ? parameters.Bias[i] : 0;
            Multipliers[i] = parameters.Multipliers[i * parameters.PerRow];
            LeftShifts[i] = Math.Max(shift, 0);
            RightShifts[i] = Math.Max(-shift, 0);
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
