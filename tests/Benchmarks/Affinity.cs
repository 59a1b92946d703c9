using System.Diagnostics;
using System.Numerics;

namespace EdgeQuant.Benchmarks;

/// <summary>Which cores this thread, and processes that it starts, may run on.</summary>
internal static class Affinity
{
    private static nint? s_all;

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
            nint all = process.ProcessorAffinity;
            int core = BitOperations.Log2((ulong)all);
            process.ProcessorAffinity = (nint)(1UL << core);
            s_all = all;
            return core;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Lets work have all cores again: processes that start something have more than one thread.</summary>
    public static T Unpinned<T>(Func<T> work)
    {
        if (s_all is not nint all || !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            return work();
        }

        using Process process = Process.GetCurrentProcess();
        nint one = process.ProcessorAffinity;
        process.ProcessorAffinity = all;
        try
        {
            return work();
        }
        finally
        {
            process.ProcessorAffinity = one;
        }
    }
}
