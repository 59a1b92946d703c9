namespace EdgeQuant.Converter.Quantizing;

/// <summary>How far a long job is.</summary>
/// <param name="Step">What is being done, in a few words: <c>calibrate</c> say.</param>
/// <param name="Done">How much of it is done, in records or whatever the step counts.</param>
/// <param name="Of">How much there is to do; 0 where that is not known.</param>
internal readonly record struct PipelineProgress(string Step, int Done, int Of);
