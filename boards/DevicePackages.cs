using System.Device.I2c;
using System.Reflection;

namespace EdgeQuant.Boards;

/// <summary>What this program reaches hardware with: the packages System.Device.Gpio and Iot.Device.Bindings, or stand-ins for them.</summary>
public static class DevicePackages
{
    private static readonly Assembly Gpio = typeof(I2cDevice).Assembly;

    /// <summary>Whether it is the packages. With stand-ins simulated boards work, and no real ones.</summary>
    public static bool AreReal { get; } = !Gpio.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata.Key == "EdgeQuant.StandIn");

    /// <summary>The same for people: <c>System.Device.Gpio 4.2.0</c>.</summary>
    public static string Description { get; } = AreReal
        ? $"System.Device.Gpio {Gpio.GetName().Version?.ToString(3)}"
        : "stand-ins for System.Device.Gpio, which did not restore (simulated boards only)";
}
