namespace EdgeQuant.Converter.Quantizing;

/// <summary>What a step of a long job took.</summary>
/// <param name="Step">The step's name, as <see cref="PipelineProgress"/> has it.</param>
/// <param name="Seconds">By the clock on the wall.</param>
internal sealed record StepTiming(string Step, double Seconds);
