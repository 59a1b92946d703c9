namespace EdgeQuant.Firmware.Models;

/// <summary>A model cannot be used here. The message is one line: which file, what is wrong, what to do.</summary>
/// <param name="message">The line.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class ModelRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
