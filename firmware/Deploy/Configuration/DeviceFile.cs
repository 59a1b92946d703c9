namespace EdgeQuant.Firmware.Deploy.Configuration;

/// <summary>A file in /dev of a device through which hardware is reached.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Group">The group that may use it.</param>
/// <param name="IsUsable">Whether the user who deploys may read and write it.</param>
public sealed record DeviceFile(string Path, string Group, bool IsUsable)
{
    /// <summary>Reads <c>yes:GROUP:PATH</c>, or <c>no:...</c>; null if it is nothing like it.</summary>
    internal static DeviceFile? Parse(string text)
    {
        return text.Split(':', 3) is [string usable, string group, string path] ? new DeviceFile(path, group, usable == "yes") : null;
    }
}
