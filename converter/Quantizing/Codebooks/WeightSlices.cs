namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>Weights sorted by what has a scale of its own: the slices along an axis, or all weights as one.</summary>
internal sealed class WeightSlices
{
    private readonly int _inner;

    /// <summary>Sorts weights.</summary>
    /// <param name="weights">Row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="axis">The axis of the slices; -1 for one slice that has all.</param>
    /// <param name="importance">What each weight's error counts; null if all count the same.</param>
    public WeightSlices(float[] weights, int[] shape, int axis, float[]? importance)
    {
        int count = axis < 0 ? 1 : shape[axis];
        _inner = axis < 0 ? weights.Length : shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        Slices = [.. Enumerable.Range(0, count).Select(slice => new WeightSlice(Gather(weights, slice, count), importance is null ? null : Gather(importance, slice, count)))];
    }

    public IReadOnlyList<WeightSlice> Slices { get; }

    /// <summary>Puts values, sorted like the weights, back in the weights' order.</summary>
    public sbyte[] Join(IReadOnlyList<sbyte[]> values)
    {
        sbyte[] joined = new sbyte[values.Sum(slice => slice.Length)];
        for (int slice = 0; slice < values.Count; slice++)
        {
            for (int i = 0; i < values[slice].Length; i++)
            {
                joined[Position(slice, i, values.Count)] = values[slice][i];
            }
        }

        return joined;
    }

    private float[] Gather(float[] values, int slice, int count)
    {
        float[] gathered = new float[values.Length / count];
        for (int i = 0; i < gathered.Length; i++)
        {
            gathered[i] = values[Position(slice, i, count)];
        }

        return gathered;
    }

    private int Position(int slice, int index, int count)
    {
        return (((index / _inner * count) + slice) * _inner) + (index % _inner);
    }
}
