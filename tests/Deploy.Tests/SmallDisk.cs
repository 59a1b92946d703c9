using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>A file system in memory that is full soon. Tests that need it are skipped where this user must not mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    public const int Bytes = 4 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-disk-");

    public SmallDisk()
    {
        ToolRun run = ToolProcess.Run("mount", ["-t", "tmpfs", "-o", $"size={Bytes}", "none", _folder.FullName]);
        if (run.ExitCode != 0)
        {
            _folder.Delete();
            Assert.Skip("A file system cannot be mounted here: " + run.Error.Trim());
        }
    }

    public string Path => _folder.FullName;

    public void Dispose()
    {
        // Lazily: the app that was deployed to it may still be ending.
        ToolProcess.Run("umount", ["-l", _folder.FullName]);
        _folder.Delete();
    }
}
