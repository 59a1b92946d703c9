using System.Buffers.Binary;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>Which machine a program is for, from its header (System V ABI, ELF header, <c>e_machine</c>).</summary>
internal static class ProgramFile
{
    private const int MachineOffset = 18;

    /// <summary>The machine as <c>uname -m</c> calls it; null for scripts and what is not known.</summary>
    public static string? MachineOf(string path)
    {
        Span<byte> header = stackalloc byte[MachineOffset + sizeof(ushort)];
        using FileStream file = File.OpenRead(path);
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith("\u007fELF"u8))
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(header[MachineOffset..]) switch
        {
            40 => "arm",
            62 => "x86_64",
            183 => "aarch64",
            _ => null,
        };
    }

    /// <summary>Whether programs for a machine may run on an architecture: those for <c>arm</c> on <c>armv7l</c>, and on <c>aarch64</c>, which is the kernel of some 32-bit systems.</summary>
    public static bool Runs(string machine, string architecture)
    {
        return architecture.StartsWith(machine, StringComparison.Ordinal) || (machine, architecture) is ("arm", "aarch64");
    }
}
