namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>Axes in either layout.</summary>
internal static class Layouts
{
    public const int Rank = 4;

    private static readonly int[] PlainAxes = [0, 2, 3, 1];

    /// <summary>What turns a plain tensor into one with channels first: axis i of that is axis [i] of the plain one.</summary>
    public static int[] ToChannelsFirst { get; } = [0, 3, 1, 2];

    /// <summary>The inverse.</summary>
    public static int[] ToPlain { get; } = [0, 2, 3, 1];

    /// <summary>Where an axis of the plain tensor is.</summary>
    public static int Axis(int axis, Layout layout)
    {
        return layout == Layout.Plain ? axis : PlainAxes[axis];
    }

    /// <summary>What belongs to each axis of the plain tensor, in the layout's order.</summary>
    public static T[] Order<T>(IReadOnlyList<T> plain, Layout layout)
    {
        return layout == Layout.Plain ? [.. plain] : [.. ToChannelsFirst.Select(axis => plain[axis])];
    }

    /// <summary>A shape with 1 in front of it, so that it has four dimensions.</summary>
    public static int[] Padded(int[] shape)
    {
        return [.. Enumerable.Repeat(1, Rank - shape.Length), .. shape];
    }
}
