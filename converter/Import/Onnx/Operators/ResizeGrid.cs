namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>The sizes before and after a resize, and by what each axis is scaled.</summary>
/// <param name="From">The shape of the data.</param>
/// <param name="To">The shape of the result.</param>
/// <param name="Scales">For each axis the factor that positions are computed with: about the size after over the size before.</param>
internal sealed record ResizeGrid(int[] From, int[] To, float[] Scales)
{
    /// <summary>True if an axis becomes shorter.</summary>
    public bool Shrinks => Scales.Any(scale => scale < 1);

    /// <summary>True if no size was rounded.</summary>
    public bool IsWhole => From.Index().All(axis => MathF.Abs((axis.Item * Scales[axis.Index]) - To[axis.Index]) < 1e-3f);

    /// <summary>The axes that change.</summary>
    public int[] Axes => [.. Enumerable.Range(0, From.Length).Where(axis => From[axis] != To[axis] || Scales[axis] != 1)];

    public static ResizeGrid OfScales(int[] from, float[] scales)
    {
        return OfScales(from, [.. Enumerable.Range(0, from.Length)], scales);
    }

    /// <param name="from">The shape of the data.</param>
    /// <param name="axes">The axes that the scales are for.</param>
    /// <param name="scales">By what each axis is scaled; sizes are rounded down.</param>
    public static ResizeGrid OfScales(int[] from, int[] axes, float[] scales)
    {
        ImportContext.Require(
            scales.Length == axes.Length && Array.TrueForAll(scales, scale => float.IsFinite(scale) && scale > 0),
            $"Its scales are {Shapes.Text(scales)}; they are {axes.Length} numbers above 0.");
        float[] all = [.. Enumerable.Repeat(1f, from.Length)];
        int[] to = [.. from];
        for (int i = 0; i < axes.Length; i++)
        {
            all[axes[i]] = scales[i];
            to[axes[i]] = (int)Math.Min(MathF.Floor(from[axes[i]] * scales[i]), int.MaxValue / 2);
        }

        return new ResizeGrid(from, Checked(to), all);
    }

    /// <param name="from">The shape of the data.</param>
    /// <param name="axes">The axes that the sizes are for.</param>
    /// <param name="sizes">The sizes after.</param>
    /// <param name="policy">Whether the sizes are limits for a scale that is the same for all axes.</param>
    public static ResizeGrid OfSizes(int[] from, int[] axes, long[] sizes, string policy)
    {
        ImportContext.Require(
            sizes.Length == axes.Length && Array.TrueForAll(sizes, size => size is >= 1 and <= int.MaxValue / 2),
            $"Its sizes are {Shapes.Text(sizes)}; they are {axes.Length} numbers of 1 and more.");
        float[] scales = [.. axes.Select((axis, i) => sizes[i] / (float)from[axis])];
        ImportContext.Require(policy is "stretch" or "not_larger" or "not_smaller", $"Its keep_aspect_ratio_policy is '{Shapes.Short(policy)}'.");
        if (policy != "stretch")
        {
            float common = policy == "not_larger" ? scales.Min() : scales.Max();
            scales = [.. scales.Select(_ => common)];
            sizes = [.. axes.Select(axis => (long)MathF.Round(from[axis] * common, MidpointRounding.AwayFromZero))];
        }

        float[] all = [.. Enumerable.Repeat(1f, from.Length)];
        int[] to = [.. from];
        for (int i = 0; i < axes.Length; i++)
        {
            all[axes[i]] = scales[i];
            to[axes[i]] = (int)sizes[i];
        }

        return new ResizeGrid(from, Checked(to), all);
    }

    /// <summary>The position of each output pixel along an axis in the input, in single precision as ONNX Runtime computes it.</summary>
    public float[] Positions(int axis, ResizeCoordinates coordinates)
    {
        int from = From[axis];
        int to = To[axis];
        float scale = Scales[axis];
        return [.. Enumerable.Range(0, to).Select(i => scale == 1 && from == to ? i : coordinates switch
        {
            ResizeCoordinates.AlignCorners => to == 1 ? 0 : i * (float)(from - 1) / (to - 1),
            ResizeCoordinates.Asymmetric => i / scale,
            ResizeCoordinates.HalfPixelForNearest => (i + 0.5f) / scale,
            ResizeCoordinates.PytorchHalfPixel => to == 1 ? 0 : ((i + 0.5f) / scale) - 0.5f,
            ResizeCoordinates.HalfPixelSymmetric => (from / 2f * (1 - (to / (scale * from)))) + ((i + 0.5f) / scale) - 0.5f,
            _ => ((i + 0.5f) / scale) - 0.5f,
        })];
    }

    private static int[] Checked(int[] shape)
    {
        ImportContext.Require(Array.TrueForAll(shape, size => size >= 1), $"Its result has the shape {Shapes.Text(shape)}, without elements.");
        Shapes.RequireSize(shape);
        return shape;
    }
}
