using System.Diagnostics.CodeAnalysis;

namespace System.Device;

/// <summary>What a stand-in says where the package would reach for hardware.</summary>
internal static class NoHardware
{
    [DoesNotReturn]
    public static void Throw(string what)
    {
        throw new PlatformNotSupportedException(
            $"{what} needs the package System.Device.Gpio, and this program was built with a stand-in for it. Build it with -p:DevicePackages=real on a machine where the package restores.");
    }
}
