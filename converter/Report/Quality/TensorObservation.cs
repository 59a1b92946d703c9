namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What calibration and comparison know of a tensor. What is not known is null.</summary>
internal sealed record TensorObservation
{
    /// <summary>How its values are spread before they are quantized.</summary>
    public HistogramFigures? Histogram { get; init; }

    /// <summary>The smallest and the largest value that was seen.</summary>
    public ValueRange? Observed { get; init; }

    /// <summary>The share of values below what it can hold, 0 to 1.</summary>
    public double? ClippedBelow { get; init; }

    /// <summary>The share of values above what it can hold, 0 to 1.</summary>
    public double? ClippedAbove { get; init; }

    /// <summary>How its range was found.</summary>
    public string? RangeMethod { get; init; }

    /// <summary>What it differs by from the float network's tensor.</summary>
    public ErrorFigures? Error { get; init; }
}
