namespace EdgeQuant.Boards;

/// <summary>A sensor cannot be opened or read. The message says what happened, <see cref="Help"/> what to do.</summary>
/// <param name="fault">The kind of fault.</param>
/// <param name="message">What happened, in one sentence: which device, where, what was found.</param>
/// <param name="help">What to do, in one or two sentences.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class SensorException(SensorFault fault, string message, string help, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The kind of fault.</summary>
    public SensorFault Fault { get; } = fault;

    /// <summary>What to do.</summary>
    public string Help { get; } = help;
}
