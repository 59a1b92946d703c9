using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Shapes;

/// <summary>A box of a tensor, row by row along the last axis.</summary>
/// <param name="Starts">Where each row starts in the tensor.</param>
/// <param name="Length">How long each is.</param>
internal sealed record BoxRows(int[] Starts, int Length)
{
    /// <summary>A box of a tensor of the same rank, moved back where it would reach beyond it.</summary>
    public static BoxRows Of(int[] shape, int[] box, ReadOnlySpan<float> begin)
    {
        long[] strides = RowMajor.Strides(shape);
        int[] starts = [0];
        int length = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            bool last = axis == shape.Length - 1;
            int first = (int)Math.Clamp(begin[axis], 0, shape[axis] - box[axis]);
            int stride = (int)strides[axis];
            int steps = last ? 1 : box[axis];
            starts = [.. starts.SelectMany(start => Enumerable.Range(first, steps).Select(i => start + (i * stride)))];
            length = last ? box[axis] : length;
        }

        return new BoxRows(starts, length);
    }
}
