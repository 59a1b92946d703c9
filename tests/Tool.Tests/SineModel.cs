using System.Runtime.InteropServices;
using EdgeQuant.Converter.Tests.Sine;

namespace EdgeQuant.Tool.Tests;

/// <summary>A small model file: float angle in, float sine out.</summary>
public sealed class SineModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SineModel()
    {
        Path = _folder.Write("sine.eqm", SineFile.Make());
    }

    /// <summary>The model file.</summary>
    public string Path { get; }

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
