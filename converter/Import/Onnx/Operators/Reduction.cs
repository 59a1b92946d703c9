using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>What a Reduce... operator takes together. Axes are an input since version 18 (of ReduceSum since 13), an attribute before.</summary>
internal sealed class Reduction
{
    public Reduction(ImportContext context)
    {
        Tensor data = context.Input(0);
        bool areInput = context.Version >= (context.Operator == "ReduceSum" ? 13 : 18);
        long[]? given = areInput
            ? context.OptionalInput(1) is null ? null : context.Longs(1, "axes")
            : context.Attributes.Ints("axes");
        bool noneMeansNone = areInput && context.Attributes.Flag("noop_with_empty_axes");
        KeepsDimensions = context.Attributes.Int("keepdims", 1) != 0;
        Axes = given is { Length: > 0 }
            ? [.. given.Select(axis => (long)ImportContext.Axis(axis, data.Rank)).Distinct().Order()]
            : noneMeansNone ? [] : [.. Enumerable.Range(0, data.Rank).Select(axis => (long)axis)];
        KeptShape = [.. data.Shape.Select((size, axis) => Axes.Contains(axis) ? 1 : size)];
        Shape = KeepsDimensions ? KeptShape : [.. data.Shape.Where((_, axis) => !Axes.Contains(axis))];
    }

    /// <summary>The axes, counted from the front, ascending.</summary>
    public IReadOnlyList<long> Axes { get; }

    /// <summary>Reduced axes stay with size 1.</summary>
    public bool KeepsDimensions { get; }

    /// <summary>The result's shape.</summary>
    public int[] Shape { get; }

    /// <summary>The result's shape if reduced axes stayed.</summary>
    public int[] KeptShape { get; }
}
