namespace EdgeQuant.Firmware.Deploy.Configuration;

/// <summary>A file of a release.</summary>
/// <param name="Name">Its path below the folder that it belongs to, with slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ReleaseFile(string Name, byte[] Content)
{
    /// <summary>Who may read it, where that matters: secrets are refused on the device if others may.</summary>
    public UnixFileMode? Mode { get; init; }
}
