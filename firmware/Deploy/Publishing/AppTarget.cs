using System.Globalization;

namespace EdgeQuant.Firmware.Deploy.Publishing;

/// <summary>What the app is published for.</summary>
/// <param name="Rid">The runtime identifier: <c>linux-arm64</c>.</param>
/// <param name="IsSelfContained">Whether the .NET runtime is part of the app; otherwise the device has it.</param>
public sealed record AppTarget(string Rid, bool IsSelfContained)
{
    private const string Itself = "Publish the app for it yourself if .NET exists for it, and give the folder with --app.";

    /// <summary>For people: <c>linux-arm64, with its own .NET runtime</c>.</summary>
    public string Description => IsSelfContained ? $"{Rid}, with its own .NET runtime" : $"{Rid}, for the .NET runtime of the device";

    /// <summary>Finds out what a device runs. Where it has the .NET runtime of this version, the app need not bring one.</summary>
    /// <param name="device">What the device says of itself.</param>
    /// <param name="problem">Why there is nothing that it runs, and what to do; empty if there is.</param>
    internal static AppTarget? For(DeviceFacts device, out string problem)
    {
        problem = "";
        string? architecture = (device.Architecture, device.WordBits) switch
        {
            ("aarch64" or "arm64", not 32) => "arm64",
            ("aarch64" or "arm64" or "armv7l" or "armv8l", _) => "arm",
            ("x86_64" or "amd64", not 32) => "x64",
            _ => null,
        };
        if (architecture is null)
        {
            problem = device.Architecture.StartsWith("armv6", StringComparison.Ordinal)
                ? "The device has an ARMv6 processor (Raspberry Pi 1, Zero and Zero W), and .NET needs ARMv7 or later. Take a Raspberry Pi Zero 2 W, 3 or later."
                : string.Create(CultureInfo.InvariantCulture, $"The device is {device.Architecture} with programs of {device.WordBits} bits; the app can be published for arm64, armv7 and x86-64. {Itself}");
            return null;
        }

        return new AppTarget((device.LibC == "musl" ? "linux-musl-" : "linux-") + architecture, IsSelfContained: !device.DotNet.StartsWith($"{Environment.Version.Major}.", StringComparison.Ordinal));
    }
}
