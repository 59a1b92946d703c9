namespace EdgeQuant.Boards;

/// <summary>A file is not a recording; the message names the line.</summary>
public sealed class RecordingException(string message) : Exception(message);
