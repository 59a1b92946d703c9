using EdgeQuant.Converter.Evaluate.Metrics;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>What an evaluation is told.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>What is measured; null for what suits.</summary>
    public Metric? Metric { get; init; }

    /// <summary>How many of the highest scores count in top-k.</summary>
    public int TopK { get; init; } = 5;

    /// <summary>With <see cref="Metrics.Metric.Auc"/>: so many records that follow each other make one score, the mean of theirs: windows of one recording, say.</summary>
    public int RecordsPerScore { get; init; } = 1;

    /// <summary>Told how many records are done; from several threads.</summary>
    public IProgress<int>? Progress { get; init; }

    /// <summary>Ends the evaluation between two records.</summary>
    public CancellationToken Cancellation { get; init; }
}
