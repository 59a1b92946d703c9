using System.Globalization;
using EdgeQuant.Firmware.Deploy.Configuration;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>What a device says of itself.</summary>
/// <param name="Architecture">As <c>uname -m</c> says: <c>aarch64</c>, <c>armv7l</c>, <c>x86_64</c>.</param>
/// <param name="System">The operating system.</param>
/// <param name="User">Who logged in.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="DotNet">The version of the newest .NET runtime that programs find by themselves; empty without one.</param>
/// <param name="FreeBytes">What is free where releases are.</param>
/// <param name="Service">What restarts the app: <c>command</c>, a unit of the <c>user</c> or the <c>system</c>, or <c>none</c>.</param>
/// <param name="Current">The release that runs; empty without one.</param>
/// <param name="AppBytes">What the app of that release takes.</param>
public sealed record DeviceFacts(string Architecture, string System, string User, IReadOnlyList<string> Groups, string DotNet, long FreeBytes, string Service, string Current, long AppBytes)
{
    /// <summary>Bits of a word of the device's programs, 32 or 64; 0 if it does not say. The kernel's may be more.</summary>
    public int WordBits { get; init; }

    /// <summary>The C library: <c>glibc</c> or <c>musl</c>.</summary>
    public string LibC { get; init; } = "glibc";

    /// <summary>Where a unit can be installed: by the <c>user</c>, in the <c>system</c>, or <c>none</c>.</summary>
    public string Manager { get; init; } = "none";

    /// <summary>What the app of the release that runs was published from and for; empty if it was published by hand.</summary>
    public string Published { get; init; } = "";

    /// <summary>Whether the release that runs has a configuration.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Files in /dev through which hardware is reached.</summary>
    public IReadOnlyList<DeviceFile> Files { get; init; } = [];

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
            WordBits = (int)Number(values.One("bits")),
            LibC = values.One("libc"),
            Manager = values.One("manager"),
            Published = values.One("published"),
            IsConfigured = values.One("configured") == "yes",
            Files = [.. values.All("file").Select(DeviceFile.Parse).OfType<DeviceFile>()],
            AbsentPrograms = values.Words("absent"),
        };
    }

    private static long Kibibytes(string text)
    {
        return Number(text) * 1024;
    }

    /// <summary>A number of a device; 0 if it is none that makes sense.</summary>
    private static long Number(string text)
    {
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < long.MaxValue / 1024 ? number : 0;
    }
}
