namespace EdgeQuant.Firmware.Deploy.Publishing;

/// <summary>The app cannot be published on this machine. The message says why and what to do.</summary>
internal sealed class PublishException(string message, Exception? innerException = null) : Exception(message, innerException);
