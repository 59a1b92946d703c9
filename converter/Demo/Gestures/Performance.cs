namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>A gesture in a recording.</summary>
/// <param name="Gesture">Which was made.</param>
/// <param name="Start">Its first sample.</param>
/// <param name="End">The sample after its last.</param>
internal sealed record Performance(Gesture Gesture, int Start, int End);
