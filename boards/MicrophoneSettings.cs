namespace EdgeQuant.Boards;

/// <summary>How sound is recorded.</summary>
/// <param name="Device">The sound device, as <c>arecord -L</c> lists it.</param>
/// <param name="SampleRate">Samples per second, in hertz.</param>
/// <param name="Channels">Channels, interleaved.</param>
public sealed record MicrophoneSettings(string Device, int SampleRate, int Channels);
