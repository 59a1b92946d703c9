namespace EdgeQuant.Runtime.Operators;

/// <summary>What <see cref="Kernels.KernelSet"/> does with rows of 8-bit elements, for the less frequent 16-bit ones.</summary>
internal static class Int16Rows
{
    /// <summary>sums[i] += the elements i, i + stride, i + 2 x stride and so on, one of each row.</summary>
    internal static void Add(ReadOnlyInt16Vector input, int rows, int stride, int[] sums, int count)
    {
        for (int row = 0; row < rows; row++)
        {
            int start = row * stride;
            for (int i = 0; i < count; i++)
            {
                sums[i] += input[start + i];
            }
        }
    }

    /// <summary>largest[i] becomes the largest of itself and the elements i, i + stride, i + 2 x stride and so on, one of each row.</summary>
    internal static void Maximum(ReadOnlyInt16Vector input, int rows, int stride, Int16Vector largest)
    {
        for (int row = 0; row < rows; row++)
        {
            int start = row * stride;
            for (int i = 0; i < largest.Length; i++)
            {
                if (input[start + i] > largest[i])
                {
                    largest[i] = input[start + i];
                }
            }
        }
    }
}
