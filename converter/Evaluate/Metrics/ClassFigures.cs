namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Class">The class.</param>
/// <param name="Records">Records that belong to it.</param>
/// <param name="Predicted">Records that were taken for it.</param>
/// <param name="Precision">Of those that were taken for it, the share that belong to it, 0 to 1; 0 where none was.</param>
/// <param name="Recall">Of those that belong to it, the share that was taken for it, 0 to 1; 0 where none does.</param>
/// <param name="F1">The harmonic mean of both.</param>
internal sealed record ClassFigures(int Class, int Records, int Predicted, double Precision, double Recall, double F1);
