namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A smoothing filter of first order: estimate = number x New + estimate x Old.</summary>
/// <param name="New">What a new number counts, as a fixed-point number; its fraction bits stand beside it.</param>
/// <param name="Old">What the estimate so far counts; usually 1 less <paramref name="New"/>.</param>
internal readonly record struct SmoothingFilter(int New, int Old);
