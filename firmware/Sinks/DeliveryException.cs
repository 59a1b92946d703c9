namespace EdgeQuant.Firmware.Sinks;

/// <summary>Some of what should be delivered was not.</summary>
/// <param name="delivered">How many entries were delivered, from the first on.</param>
/// <param name="message">What went wrong.</param>
/// <param name="innerException">What caused it.</param>
public sealed class DeliveryException(int delivered, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>How many entries were delivered, from the first on.</summary>
    public int Delivered { get; } = delivered;
}
