using System.Globalization;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>What a device says of itself.</summary>
/// <param name="Architecture">As <c>uname -m</c> says: <c>aarch64</c>, <c>armv7l</c>, <c>x86_64</c>.</param>
/// <param name="System">The operating system.</param>
/// <param name="User">Who logged in.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="DotNet">The version of the .NET runtime; empty without one.</param>
/// <param name="FreeBytes">What is free where releases are.</param>
/// <param name="Service">What restarts the app: <c>command</c>, a unit of the <c>user</c> or the <c>system</c>, or <c>none</c>.</param>
/// <param name="Current">The release that runs; empty without one.</param>
/// <param name="AppBytes">What the app of that release takes.</param>
public sealed record DeviceFacts(string Architecture, string System, string User, IReadOnlyList<string> Groups, string DotNet, long FreeBytes, string Service, string Current, long AppBytes)
{
    /// <summary>Programs that the script needs and the device does not have.</summary>
    public IReadOnlyList<string> AbsentPrograms { get; init; } = [];

    internal static DeviceFacts Of(RemoteValues values)
    {
        return new DeviceFacts(
            values.One("architecture"),
            values.One("system"),
            values.One("user"),
            values.Words("groups"),
            values.One("dotnet"),
            Kibibytes(values.One("free")),
            values.One("service"),
            values.One("current"),
            Kibibytes(values.One("app")))
        {
            AbsentPrograms = values.Words("absent"),
        };
    }

    private static long Kibibytes(string text)
    {
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < long.MaxValue / 1024 ? number * 1024 : 0;
    }
}
