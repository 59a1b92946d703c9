using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Models;

/// <summary>A model that was loaded, checked and self-tested.</summary>
/// <param name="Pipeline">What runs it.</param>
/// <param name="Sha256">The SHA-256 of its file, in lower-case hexadecimal digits.</param>
/// <param name="Labels">Its labels.</param>
public sealed record LoadedModel(Pipeline Pipeline, string Sha256, IReadOnlyList<string> Labels)
{
    /// <summary>What messages call it: the first digits of <see cref="Sha256"/>.</summary>
    public string ShortName => Sha256[..12];
}
