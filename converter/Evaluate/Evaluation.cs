using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>How well a network does on samples. Of the figures those are there that the metric has.</summary>
/// <param name="Network">The network.</param>
/// <param name="Form">How it was executed.</param>
/// <param name="Samples">Where the samples came from.</param>
/// <param name="Records">The number of samples.</param>
/// <param name="Metric">What was measured; null where neither labels nor targets are known.</param>
/// <param name="Classification">With accuracy.</param>
/// <param name="Anomaly">With the area under the curve.</param>
/// <param name="Regression">With regression.</param>
/// <param name="Agreement">How far it agrees with another network; null without one.</param>
internal sealed record Evaluation(
    string Network,
    SubjectForm Form,
    string Samples,
    int Records,
    Metric? Metric,
    ClassificationFigures? Classification,
    AnomalyFigures? Anomaly,
    RegressionFigures? Regression,
    Agreement? Agreement)
{
    /// <summary>The figure that counts: top-1 and the area in percent, R squared in percent of the targets' variation; null where nothing was measured.</summary>
    public double? Points => Metric switch
    {
        Metrics.Metric.Accuracy => 100 * Classification!.Top1,
        Metrics.Metric.Auc => 100 * Anomaly!.Area,
        Metrics.Metric.Regression => 100 * Regression!.RSquared,
        _ => null,
    };
}
