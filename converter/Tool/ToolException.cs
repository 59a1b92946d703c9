namespace EdgeQuant.Tool;

/// <summary>Ends a verb with a message and an exit code.</summary>
internal sealed class ToolException(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code { get; } = code;
}
