namespace EdgeQuant.Firmware.Deploy.Publishing;

/// <summary>A published app.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Target">What it is for.</param>
/// <param name="WasThere">Whether it was published before, from the same sources.</param>
internal sealed record PublishedApp(string Folder, AppTarget Target, bool WasThere);
