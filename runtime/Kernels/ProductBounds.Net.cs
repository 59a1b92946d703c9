namespace EdgeQuant.Runtime.Kernels;

/// <summary>How large accumulators can become, whatever the input: known when the network is loaded, because weights are.</summary>
internal static class ProductBounds
{
    /// <summary>The largest distance of an input from its zero point.</summary>
    private const int LargestInput = 255;

    /// <summary>The largest magnitude of an input of 16 bits.</summary>
    private const int LargestInt16 = 32768;

    /// <summary>For each output channel the largest magnitude of its accumulator, bias included.</summary>
    /// <param name="weights">The weights, any number for each channel.</param>
    /// <param name="channelStride">From a channel's weight to the next channel's.</param>
    /// <param name="weightStride">From one weight of a channel to its next.</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    internal static long[] Of(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        long[] bounds = new long[parameters.Rows];
        for (int channel = 0; channel < bounds.Length; channel++)
        {
            long sum = Magnitudes(weights, channel, channelStride, weightStride, parameters.Rows);
            bounds[channel] = (sum * LargestInput) + Math.Abs((long)(parameters.HasBias ? parameters.Bias[channel] : 0));
        }

        return bounds;
    }

    /// <summary>True if 32 bits hold the sums of products with data of 16 bits without zero point, whatever the data.</summary>
    /// <param name="weights">The weights, any number for each channel.</param>
    /// <param name="channelStride">From a channel's weight to the next channel's.</param>
    /// <param name="weightStride">From one weight of a channel to its next.</param>
    /// <param name="channels">The number of channels.</param>
    internal static bool HoldInt16Sums(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            if (Magnitudes(weights, channel, channelStride, weightStride, channels) * LargestInt16 > int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Finds channels whose output is the same for all inputs. Networks have such: those whose weights are next to nothing, with scales so small that
    /// their bias is next to 2^30.
    /// </summary>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="bound">The largest magnitude of its accumulator.</param>
    /// <param name="output">The output.</param>
    internal static bool TryConstant(RowParameters parameters, int channel, long bound, out int output)
    {
        int multiplier = parameters.Multipliers[channel * parameters.PerRow];
        int shift = parameters.Shifts[channel * parameters.PerRow];
        long bias = parameters.HasBias ? parameters.Bias[channel] : 0;
        long reach = bound - Math.Abs(bias);
        output = 0;
        if (shift > 0 || bias - reach < int.MinValue || bias + reach > int.MaxValue)
        {
            return false;
        }

        // Larger accumulators never give smaller outputs.
        output = parameters.Finish((int)(bias - reach), multiplier, shift);
        return output == parameters.Finish((int)(bias + reach), multiplier, shift);
    }

    private static long Magnitudes(ReadOnlySpan<sbyte> weights, int channel, int channelStride, int weightStride, int channels)
    {
        int first = channel * channelStride;
        int last = first + (((weights.Length / channels) - 1) * weightStride);
        return WeightSums.Of(weights[first..(last + 1)], weightStride).Magnitudes;
    }
}
