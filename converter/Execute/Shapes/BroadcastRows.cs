using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Shapes;

/// <summary>
/// Several tensors walked in step in the order of an output that they broadcast to: rows of the output that are as long as possible, in
/// which every tensor either steps with the output or stands still.
/// </summary>
internal sealed class BroadcastRows
{
    private readonly int[][] _offsets;
    private readonly bool[] _steps;

    private BroadcastRows(int count, int length, int[][] offsets, bool[] steps)
    {
        Count = count;
        Length = length;
        _offsets = offsets;
        _steps = steps;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>Elements of each row.</summary>
    public int Length { get; }

    /// <summary>Prepares a walk.</summary>
    /// <param name="output">The output's shape.</param>
    /// <param name="inputs">Shapes that broadcast to it, aligned at their last size.</param>
    public static BroadcastRows Of(int[] output, params int[][] inputs)
    {
        int rank = Math.Max(output.Length, inputs.Max(shape => shape.Length));
        int[] sizes = Padded(output, rank);
        long[][] strides = Array.ConvertAll(inputs, shape => StridesOf(Padded(shape, rank), sizes));
        List<(int Size, long[] Strides)> axes = [];
        for (int axis = 0; axis < rank; axis++)
        {
            long[] own = Array.ConvertAll(strides, all => all[axis]);
            if (sizes[axis] == 1)
            {
                continue;
            }

            int size = sizes[axis];
            if (axes.Count > 0 && axes[^1].Strides.Zip(own).All(pair => pair.First == pair.Second * size))
            {
                axes[^1] = (axes[^1].Size * size, own);
            }
            else
            {
                axes.Add((size, own));
            }
        }

        if (axes.Count == 0)
        {
            axes.Add((1, new long[inputs.Length]));
        }

        int[][] offsets = [.. inputs.Select((_, input) => Offsets([.. axes.SkipLast(1).Select(axis => (axis.Size, axis.Strides[input]))]))];
        return new BroadcastRows(offsets[0].Length, axes[^1].Size, offsets, Array.ConvertAll(axes[^1].Strides, stride => stride != 0));
    }

    /// <summary>An input's part in a row: as many elements as the row has, or the one that stands for all.</summary>
    public ReadOnlySpan<float> Input(int input, int row, ReadOnlySpan<float> values)
    {
        return values.Slice(_offsets[input][row], _steps[input] ? Length : 1);
    }

    /// <summary>The output's row.</summary>
    public Span<float> Output(int row, Span<float> values)
    {
        return values.Slice(row * Length, Length);
    }

    private static int[] Padded(int[] shape, int rank)
    {
        return [.. Enumerable.Repeat(1, rank - shape.Length), .. shape];
    }

    private static long[] StridesOf(int[] shape, int[] output)
    {
        long[] strides = RowMajor.Strides(shape);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = shape[axis] == 1 && output[axis] != 1 ? 0 : strides[axis];
        }

        return strides;
    }

    private static int[] Offsets((int Size, long Stride)[] axes)
    {
        int[] offsets = [0];
        foreach ((int size, long stride) in axes)
        {
            offsets = [.. offsets.SelectMany(offset => Enumerable.Range(0, size).Select(i => (int)(offset + (i * stride))))];
        }

        return offsets;
    }
}
