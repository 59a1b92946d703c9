namespace EdgeQuant.Converter.Signal;

/// <summary>A statistic among the features: (value - <paramref name="Offset"/>) / <paramref name="Scale"/>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Offset">What counts as 0, in the statistic's unit.</param>
/// <param name="Scale">What counts as 1, in the statistic's unit; above 0.</param>
internal sealed record MotionStatistic(StatisticKind Kind, double Offset, double Scale);
