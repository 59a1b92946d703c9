namespace EdgeQuant.Firmware.Tests;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-tests-");

    public string File(string name)
    {
        return Path.Combine(_folder.FullName, name);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }
}
