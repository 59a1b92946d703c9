using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Inventory;

namespace EdgeQuant.Tool.Output;

/// <summary>What became of a host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Outcome">Whether it was done, failed, was interrupted or not tried.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">Why it failed; null if it did not.</param>
/// <param name="Report">What was done, or would be; null if nothing was.</param>
/// <param name="Status">What is deployed, if that was asked.</param>
internal sealed record HostDocument(string Host, HostOutcome Outcome, double Seconds, string? Message, DeployReport? Report, DeviceStatus? Status)
{
    public static HostDocument Of(HostResult<DeployReport> result)
    {
        return new HostDocument(result.Host, result.Outcome, result.Seconds, result.Failure?.Message, result.Result, null);
    }

    public static HostDocument Of(HostResult<DeviceStatus> result)
    {
        return new HostDocument(result.Host, result.Outcome, result.Seconds, result.Failure?.Message, null, result.Result);
    }
}
