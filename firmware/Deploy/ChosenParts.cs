using EdgeQuant.Firmware.Deploy.Configuration;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>Parts of a release as they suit a device.</summary>
/// <param name="App">The folder of the app; null if the device keeps the one that it has.</param>
/// <param name="AppDescription">Which app that is, for people.</param>
/// <param name="Configuration">The configuration; null if the device keeps the one that it has.</param>
internal sealed record ChosenParts(string? App, string AppDescription, ReleaseConfiguration? Configuration);
