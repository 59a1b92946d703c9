namespace EdgeQuant.Firmware.Deploy;

/// <summary>A deployment that did not succeed. What ran on the device before goes on running.</summary>
public sealed class DeployException(DeployFailure failure, string host, string step, string message, string help)
    : Exception($"{host}, step '{step}': {message} {help}")
{
    /// <summary>Why it failed.</summary>
    public DeployFailure Failure { get; } = failure;

    /// <summary>The device.</summary>
    public string Host { get; } = host;

    /// <summary>The step that failed.</summary>
    public string Step { get; } = step;
}
