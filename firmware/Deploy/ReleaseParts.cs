using EdgeQuant.Firmware.Deploy.Configuration;
using EdgeQuant.Firmware.Deploy.Publishing;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>What a release is made of.</summary>
/// <param name="ModelPath">The model's file.</param>
/// <param name="Model">Its bytes.</param>
public sealed record ReleaseParts(string ModelPath, byte[] Model)
{
    /// <summary>The folder of an app that was published already; null: it is published, or the device keeps its own.</summary>
    public string? App { get; init; }

    /// <summary>
    /// Publishes the app where the device has none, or has one that was published by this class from other sources. Null: there are no sources, and the device keeps the app that it has.
    /// </summary>
    public AppPublisher? Publisher { get; init; }

    /// <summary>The configuration; null: the device keeps its own, and where it has none, it reads the one sensor that measures what the model takes.</summary>
    public ReleaseConfiguration? Configuration { get; init; }
}
