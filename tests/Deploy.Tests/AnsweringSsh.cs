namespace EdgeQuant.Deploy.Tests;

/// <summary>A program in the place of ssh that answers every step as a device would that is not at hand.</summary>
internal static class AnsweringSsh
{
    /// <summary>What a Raspberry Pi says that has systemd and no release yet.</summary>
    public const string RaspberryPi = """
        architecture=aarch64
        bits=64
        libc=glibc
        system=Debian GNU/Linux 13 (trixie)
        user=pi
        groups=pi adm sudo
        free=20000000
        service=none
        manager=user
        file=yes:gpio:/dev/gpiochip0
        file=yes:i2c:/dev/i2c-1
        """;

    /// <summary>Writes it and returns its path.</summary>
    /// <param name="device">Where it is written.</param>
    /// <param name="answer">What it answers.</param>
    public static string Write(Device device, string answer)
    {
        return device.WriteProgram("answering-ssh", $"#!/bin/sh\ncat >/dev/null\ncat <<'END'\n{answer}\nEND");
    }
}
