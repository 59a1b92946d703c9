using System.Text.RegularExpressions;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>Names that are given to ssh and to the device's shell: what could be taken for an option or for more than one word is none.</summary>
public static partial class RemoteName
{
    /// <summary>What the name of a host may be.</summary>
    public const string AllowedHost = "a host as ssh takes it, such as user@pi: no blanks, no hyphen in front";

    /// <summary>What a folder may be called.</summary>
    public const string AllowedFolder = "a path of letters, digits and . _ - /, no hyphen in front";

    /// <summary>What a unit may be called.</summary>
    public const string AllowedUnit = "letters, digits and . _ - @ :, a letter, digit or _ in front";

    /// <summary>Whether ssh takes it for a host, with or without a user.</summary>
    public static bool IsHost(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && name[0] != '-' && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <summary>Whether it is the path of a folder on a device.</summary>
    public static bool IsFolder(string name)
    {
        return Folder().IsMatch(name);
    }

    /// <summary>Whether it is a unit of systemd.</summary>
    public static bool IsUnit(string name)
    {
        return Unit().IsMatch(name);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./][A-Za-z0-9_./-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folder();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.@:-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unit();
}
