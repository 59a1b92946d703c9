using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Benchmarks;

/// <summary>What the benchmark ran on.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Features">Instruction sets that .NET has and that matter here.</param>
/// <param name="System">Operating system and .NET version.</param>
/// <param name="EdgeQuant">EdgeQuant's version.</param>
/// <param name="Peer">The peer's version; null if it was left out.</param>
/// <param name="Threads">The threads that each computed with.</param>
/// <param name="Cores">The cores that all ran on, as many as threads; none where they could not be bound to some.</param>
internal sealed record MachineFigures(
    string Processor, IReadOnlyList<string> Features, string System, string EdgeQuant, string? Peer, int Threads, IReadOnlyList<int> Cores)
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static MachineFigures Here(string? peer, int threads, IReadOnlyList<int> cores)
    {
        return new MachineFigures(
            NameOfProcessor(),
            [.. Supported()],
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}",
            typeof(Runtime.Network).Assembly.GetName().Version!.ToString(3),
            peer,
            threads,
            cores);
    }

    /// <summary>Threads and cores in words.</summary>
    public string ThreadsAndCores()
    {
        string threads = Threads == 1 ? "one thread each" : $"{Threads} threads each";
        return Cores.Count switch
        {
            0 => threads + ", not bound to cores",
            1 => $"{threads}, all on core {Cores[0]}",
            _ => $"{threads}, all on cores {string.Join(", ", Cores)}",
        };
    }

    private static string NameOfProcessor()
    {
        string? line = File.Exists(ProcessorInformation)
            ? File.ReadLines(ProcessorInformation).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("Model", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static IEnumerable<string> Supported()
    {
        (string Name, bool IsSupported)[] features =
        [
            ("AVX2", Avx2.IsSupported),
            ("AVX-VNNI", AvxVnni.IsSupported),
            ("AVX-512", Avx512BW.IsSupported),
            ("NEON", AdvSimd.IsSupported),
            ("dot product", Dp.IsSupported),
        ];
        return features.Where(feature => feature.IsSupported).Select(feature => feature.Name);
    }
}
