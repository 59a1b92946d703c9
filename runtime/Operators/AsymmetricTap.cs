namespace EdgeQuant.Runtime.Operators;

/// <summary>What asymmetric weights add to a tap of a depthwise convolution, which kernels multiply as if weights were symmetric.</summary>
internal static class AsymmetricTap
{
    /// <summary>sums[c] += (pixel[c / depthMultiplier] + inputOffset) x weightOffset; nothing if weights are symmetric.</summary>
    internal static void Add(ReadOnlyInt8Vector pixel, int inputOffset, int weightOffset, int depthMultiplier, int[] sums)
    {
        if (weightOffset == 0)
        {
            return;
        }

        int channel = 0;
        for (int i = 0; i < pixel.Length; i++)
        {
            int added = (pixel[i] + inputOffset) * weightOffset;
            for (int m = 0; m < depthMultiplier; m++, channel++)
            {
                sums[channel] += added;
            }
        }
    }
}
