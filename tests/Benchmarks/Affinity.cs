using System.Diagnostics;
using System.Numerics;

namespace EdgeQuant.Benchmarks;

/// <summary>Keeps this thread, and processes that it starts, on one core.</summary>
internal static class Affinity
{
    /// <summary>Takes the last core that this process may use: the first ones serve interrupts.</summary>
    /// <returns>The core's number; null where the system does not allow it.</returns>
    public static int? Pin()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            using Process process = Process.GetCurrentProcess();
            int core = BitOperations.Log2((ulong)process.ProcessorAffinity);
            process.ProcessorAffinity = (nint)(1UL << core);
            return core;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
