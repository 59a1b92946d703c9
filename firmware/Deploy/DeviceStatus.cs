namespace EdgeQuant.Firmware.Deploy;

/// <summary>What is deployed on a device.</summary>
/// <param name="Host">The device.</param>
/// <param name="Current">The release that runs; empty without one.</param>
/// <param name="Previous">The release before it; empty without one.</param>
/// <param name="Releases">All releases that labels came from, oldest first.</param>
/// <param name="Incomplete">Releases that were not finished; the next deployment removes them.</param>
/// <param name="Lock">Who is deploying, and since when (seconds since 1970); empty if nobody is.</param>
/// <param name="Service">What restarts the app: <c>command</c>, a unit of the <c>user</c> or the <c>system</c>, or <c>none</c>.</param>
/// <param name="LastLabel">The last label that the app printed; empty without one.</param>
public sealed record DeviceStatus(
    string Host, string Current, string Previous, IReadOnlyList<string> Releases, IReadOnlyList<string> Incomplete, string Lock, string Service, string LastLabel)
{
    internal static DeviceStatus Of(string host, RemoteValues values)
    {
        return new DeviceStatus(
            host,
            values.One("current"),
            values.One("previous"),
            values.All("release"),
            values.All("incomplete"),
            values.One("lock"),
            values.One("service"),
            values.One("label"));
    }
}
