namespace EdgeQuant.Tool.Tests;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-tests-");

    public string Path => _folder.FullName;

    public string File(string name)
    {
        return System.IO.Path.Combine(_folder.FullName, name);
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    /// <summary>The names of all files in it.</summary>
    public string[] Names()
    {
        return [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }
}
