using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Runtime.Operators;

/// <summary>What asymmetric weights add to a tap of a depthwise convolution, which kernels multiply as if weights were symmetric.</summary>
internal static class AsymmetricTap
{
    /// <summary>sums[c] += (pixel[c / depthMultiplier] + input offset) x weight offset; nothing if weights are symmetric.</summary>
    internal static void Add(ReadOnlyInt8Vector pixel, RowParameters parameters, int depthMultiplier, int[] sums)
    {
        if (parameters.WeightOffset == 0)
        {
            return;
        }

        int channel = 0;
        for (int i = 0; i < pixel.Length; i++)
        {
            int added = (pixel[i] + parameters.InputOffset) * parameters.WeightOffset;
            for (int m = 0; m < depthMultiplier; m++, channel++)
            {
                sums[channel] += added;
            }
        }
    }
}
