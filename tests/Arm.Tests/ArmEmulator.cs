using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>Executes programs for Arm64 with QEMU.</summary>
internal static class ArmEmulator
{
    /// <summary>A Raspberry Pi 4: no dot products.</summary>
    public const string Pi4 = "cortex-a72";

    /// <summary>All that the emulator knows, dot products included, as a Raspberry Pi 5 has them.</summary>
    public const string Everything = "max";

    private const string Loader = "/lib/ld-linux-aarch64.so.1";

    private static readonly string? s_emulator = Array.Find(["/usr/bin/qemu-aarch64-static", "/usr/bin/qemu-aarch64"], File.Exists);

    /// <summary>
    /// How .NET survives an emulator of single processes: methods are compiled once, because replacing one while another thread executes it may
    /// end in a segmentation fault there; and memory is not mapped twice.
    /// </summary>
    private static readonly (string Name, string Value)[] s_environment =
        [("DOTNET_TieredCompilation", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_EnableWriteXorExecute", "0")];

    /// <summary>Skips the test where programs for Arm64 cannot be executed.</summary>
    public static void Require()
    {
        Assert.SkipUnless(s_emulator is not null, "needs qemu-aarch64 (Debian: qemu-user-static)");
        Assert.SkipUnless(File.Exists(Loader), "needs libraries for Arm64 (Debian: dpkg --add-architecture arm64; apt-get install libstdc++6:arm64 libssl3:arm64)");
    }

    /// <summary>Executes a program.</summary>
    /// <param name="processor"><see cref="Pi4"/> or <see cref="Everything"/>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static ProgramRun Run(string processor, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        return ProgramRun.Of(s_emulator!, ["-cpu", processor, program, .. arguments], [.. s_environment, .. environment]);
    }

    /// <summary>Executes a program and counts its instructions.</summary>
    /// <param name="processor"><see cref="Pi4"/> or <see cref="Everything"/>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ExecutionLog Count(string processor, string program, params string[] arguments)
    {
        ExecutionLog log = new();
        int exitCode = ProgramRun.Read(s_emulator!, ["-cpu", processor, "-d", "in_asm,exec,nochain", program, .. arguments], log.Read);
        Assert.Equal(0, exitCode);
        return log;
    }
}
