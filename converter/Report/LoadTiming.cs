namespace EdgeQuant.Converter.Report;

/// <summary>How long it takes until a model is ready, and until it has answered for the first time.</summary>
/// <param name="First">Nanoseconds of the first load in this process, which includes what .NET compiles and the tables that all networks share.</param>
/// <param name="FirstInference">Nanoseconds of the first inference, right after that load.</param>
/// <param name="Later">Durations of loading the model once more, in nanoseconds.</param>
internal sealed record LoadTiming(double First, double FirstInference, Timing Later);
