using System.Runtime.InteropServices;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The demonstration's model file: float angle in, float sine out.</summary>
public sealed class SineModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SineModel()
    {
        Path = _folder.File("sine.eqm");
        Demo = ToolProcess.Run("demo", "-o", Path).Succeeded();
        Assert.True(File.Exists(Path));
    }

    /// <summary>The model file.</summary>
    public string Path { get; }

    /// <summary>What the verb that made it printed.</summary>
    internal ToolRun Demo { get; }

    /// <summary>Records of one angle each.</summary>
    public static byte[] Records(params float[] angles)
    {
        return MemoryMarshal.AsBytes(angles.AsSpan()).ToArray();
    }

    public void Dispose()
    {
        _folder.Dispose();
    }
}
