namespace EdgeQuant.Converter.Report.Quality;

/// <summary>A tensor and how it is held.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Role">What it is to the network.</param>
/// <param name="Type">Its element type, <c>int8</c> say.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record TensorQuality(string Name, TensorRole Role, string Type, IReadOnlyList<int> Shape, long Bytes)
{
    /// <summary>The real value of one step, for the tensor or for each slice along <see cref="Axis"/>; empty if it is not quantized.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>The integers that stand for 0: one, if all slices have the same.</summary>
    public IReadOnlyList<long> ZeroPoints { get; init; } = [];

    /// <summary>The axis that scales lie along; null for one scale.</summary>
    public int? Axis { get; init; }

    /// <summary>The range of real values that it can hold, the widest of all slices; null if it is not quantized.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>The smallest and the largest value that were seen: of a constant its own, of an activation those on the samples; null if nobody looked.</summary>
    public ValueRange? Observed { get; init; }

    /// <summary>How the values are spread; null if nobody looked.</summary>
    public HistogramFigures? Histogram { get; init; }

    /// <summary>The share of values below what it can hold, 0 to 1; null if not known.</summary>
    public double? ClippedBelow { get; init; }

    /// <summary>The share of values above what it can hold, 0 to 1; null if not known.</summary>
    public double? ClippedAbove { get; init; }

    /// <summary>How its range was found: the calibration's method, or the range that the recipe set; null if not known.</summary>
    public string? RangeMethod { get; init; }

    /// <summary>What it differs by from the float network's tensor; null if not measured.</summary>
    public ErrorFigures? Error { get; init; }

    /// <summary>The share of values that it cannot hold, 0 to 1; null if not known.</summary>
    public double? Clipped => ClippedBelow + ClippedAbove;
}
