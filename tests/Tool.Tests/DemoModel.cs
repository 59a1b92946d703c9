using System.Text.Json;

namespace EdgeQuant.Tool.Tests;

/// <summary>What the demonstration makes and says, twice: as text and as JSON.</summary>
public sealed class DemoModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _again = new();

    public DemoModel()
    {
        Text = ToolProcess.Run("demo", "-o", Path.Combine(_folder.Path, "new")).Succeeded().Output;
        Document = ToolProcess.Run("demo", "-o", _again.Path, "--json").Succeeded().Json();
    }

    /// <summary>What was printed.</summary>
    public string Text { get; }

    /// <summary>The same as JSON, of a second run.</summary>
    public JsonElement Document { get; }

    /// <summary>A file of the first run.</summary>
    public string First(string name)
    {
        return Path.Combine(_folder.Path, "new", name);
    }

    /// <summary>A file of the second run.</summary>
    public string Second(string name)
    {
        return _again.File(name);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _again.Dispose();
    }
}
