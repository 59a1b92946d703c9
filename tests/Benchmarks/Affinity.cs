using System.Diagnostics;
using System.Numerics;

namespace EdgeQuant.Benchmarks;

/// <summary>Which cores this thread, and processes that it starts, may run on.</summary>
internal static class Affinity
{
    private static nint? s_all;

    /// <summary>Takes the last cores that this process may use: the first ones serve interrupts.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <returns>Their numbers; none where the system does not allow it.</returns>
    public static IReadOnlyList<int> Pin(int count)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return [];
        }

        try
        {
            using Process process = Process.GetCurrentProcess();
            nint all = process.ProcessorAffinity;
            List<int> cores = [];
            ulong taken = 0;
            while (cores.Count < count && ((ulong)all & ~taken) is not 0 and ulong left)
            {
                cores.Insert(0, BitOperations.Log2(left));
                taken |= 1UL << cores[0];
            }

            process.ProcessorAffinity = (nint)taken;
            s_all = all;
            return cores;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return [];
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
        nint taken = process.ProcessorAffinity;
        process.ProcessorAffinity = all;
        try
        {
            return work();
        }
        finally
        {
            process.ProcessorAffinity = taken;
        }
    }
}
