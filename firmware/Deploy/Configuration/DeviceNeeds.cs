using System.Globalization;
using EdgeQuant.Device.Configuration;

namespace EdgeQuant.Firmware.Deploy.Configuration;

/// <summary>What a configuration needs of a device: files in /dev, which Linux has where a bus is switched on, and which a group may use.</summary>
internal static class DeviceNeeds
{
    /// <summary>The first thing that is missing, and what to do about it; null if there is nothing.</summary>
    public static (string Problem, string Help)? Missing(DeviceConfiguration configuration, DeviceFacts device)
    {
        if (configuration.Simulation is null && OfSensor(configuration) is { } sensor && Missing(sensor, device) is { } missing)
        {
            return missing;
        }

        return configuration.Simulation is null && configuration.Pins.Count > 0 ? Missing(("/dev/gpiochip", "gpio", "GPIO", "It is part of every Raspberry Pi's system; another board's needs a kernel with its GPIO driver."), device) : null;
    }

    private static (string File, string Group, string Bus, string Help)? OfSensor(DeviceConfiguration configuration)
    {
        int? bus = configuration.Sensor.Bus;
        return configuration.Sensor.Sensor switch
        {
            "microphone" => ("/dev/snd/pcm", "audio", "a sound device", "Connect a microphone; 'arecord -l' lists what is there."),
            "mcp3008" => (string.Create(CultureInfo.InvariantCulture, $"/dev/spidev{bus ?? 0}."), "spi", "this SPI bus", "Switch it on: 'sudo raspi-config nonint do_spi 0' on a Raspberry Pi, or name another one (sensor.bus of the configuration)."),
            _ => (string.Create(CultureInfo.InvariantCulture, $"/dev/i2c-{bus ?? 1}"), "i2c", "this I2C bus", "Switch it on: 'sudo raspi-config nonint do_i2c 0' on a Raspberry Pi, or name another one (sensor.bus of the configuration)."),
        };
    }

    private static (string Problem, string Help)? Missing((string File, string Group, string Bus, string Help) need, DeviceFacts device)
    {
        DeviceFile[] files = [.. device.Files.Where(file => file.Path.StartsWith(need.File, StringComparison.Ordinal))];
        if (files.Length == 0)
        {
            return ($"The device does not have {need.Bus}: there is no {need.File}{(need.File.EndsWith('.') || need.File is "/dev/gpiochip" or "/dev/snd/pcm" ? "*" : "")}.", need.Help);
        }

        // A unit of the system runs as another user, and has its groups in its own text.
        return device.Service == "system" || files.Any(file => file.IsUsable)
            ? null
            : ($"The user {device.User} may not use {files[0].Path}: it is for the group {files[0].Group}.", $"Run there: sudo usermod -aG {files[0].Group} {device.User} && sudo systemctl restart user@$(id -u).service (or restart the device). Groups that sensors need: gpio, i2c, spi, audio.");
    }
}
