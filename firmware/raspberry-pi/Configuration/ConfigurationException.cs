namespace EdgeQuant.Device.Configuration;

/// <summary>The configuration cannot be used. The message says all that is wrong, each in a line.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
