namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How well a network does its task is measured in one of these ways.</summary>
internal enum Metric
{
    /// <summary>How often labels have the highest scores.</summary>
    Accuracy,

    /// <summary>How well scores tell the abnormal from the normal: the area under the receiver operating characteristic.</summary>
    Auc,

    /// <summary>How far outputs are from targets.</summary>
    Regression,
}
