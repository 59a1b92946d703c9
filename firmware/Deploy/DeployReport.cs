namespace EdgeQuant.Firmware.Deploy;

/// <summary>What a deployment did, or would do.</summary>
/// <param name="Host">The device.</param>
/// <param name="Release">The release that runs now, or would.</param>
/// <param name="Previous">The release that ran before; empty without one.</param>
/// <param name="DryRun">True if nothing was changed.</param>
/// <param name="Device">What the device says of itself.</param>
/// <param name="Bytes">Bytes to copy.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record DeployReport(string Host, string Release, string Previous, bool DryRun, DeviceFacts Device, long Bytes, IReadOnlyList<DeployStep> Steps)
{
    /// <summary>What is in the release, for people: which app.</summary>
    public string App { get; init; } = "";

    /// <summary>What the release reads, for people: which sensor.</summary>
    public string Configuration { get; init; } = "";
}
