using EdgeQuant.Converter.Quantizing;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>What a sensitivity analysis is told.</summary>
internal sealed record SensitivityOptions
{
    /// <summary>At most so many samples are run for each measurement; there are about two measurements for each operator.</summary>
    public int MostRecords { get; init; } = 64;

    /// <summary>At most so many changes of recipe are suggested.</summary>
    public int MostChanges { get; init; } = 5;

    /// <summary>With labels or targets: changes are suggested until no more points than this are lost against float; null to suggest all that help.</summary>
    public double? MostDrop { get; init; }

    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Told how many measurements are done; from several threads.</summary>
    public IProgress<PipelineProgress>? Progress { get; init; }

    /// <summary>Ends the analysis between two records.</summary>
    public CancellationToken Cancellation { get; init; }
}
