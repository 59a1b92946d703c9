namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>Metrics in words.</summary>
internal static class MetricNames
{
    /// <summary>The figure that counts, in a word.</summary>
    public static string ShortName(this Metric metric)
    {
        return metric switch { Metric.Accuracy => "top-1", Metric.Auc => "AUC", _ => "R squared" };
    }
}
