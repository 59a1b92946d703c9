namespace EdgeQuant.Runtime.Kernels;

/// <summary>What accumulators start with where products are those of data as they are, without their zero point.</summary>
internal static class QuadBias
{
    /// <summary>The bias of a channel, corrected by what zero point and turned bits add to the products.</summary>
    /// <param name="weights">The filter from the channel's first weight on.</param>
    /// <param name="stride">From one weight of the channel to its next.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="flip">The bits of every input byte that are turned over: 0x80 adds 128, 0 nothing.</param>
    internal static int Of(ReadOnlySpan<sbyte> weights, int stride, int channel, RowParameters parameters, byte flip)
    {
        int sum = unchecked((int)WeightSums.Of(weights, stride).Sum);

        // Sums may leave 32 bits, as those of the reference do: in the same way.
        return unchecked((parameters.HasBias ? parameters.Bias[channel] : 0) + ((parameters.InputOffset - flip) * sum));
    }
}
