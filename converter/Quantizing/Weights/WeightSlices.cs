namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>The slices of weights along their axis of output channels; one slice is all of them.</summary>
internal readonly struct WeightSlices(int[] shape, int axis, int count)
{
    private readonly int _inner = count == 1 ? int.MaxValue : shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);

    /// <summary>The slice of an element.</summary>
    public int Of(int element)
    {
        return element / _inner % count;
    }

    /// <summary>The elements of each slice, in their order.</summary>
    public float[][] Split(float[] values)
    {
        float[][] slices = new float[count][];
        int[] filled = new int[count];
        for (int i = 0; i < count; i++)
        {
            slices[i] = new float[values.Length / count];
        }

        for (int i = 0; i < values.Length; i++)
        {
            int slice = Of(i);
            slices[slice][filled[slice]++] = values[i];
        }

        return slices;
    }
}
