namespace EdgeQuant.Firmware.Tests;

/// <summary>Who may read and change a file, on systems that know such a thing.</summary>
internal static class FileModes
{
    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
