using EdgeQuant.Runtime.Kernels.X86;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>The kernel sets of this machine. The environment variable <c>EDGEQUANT_KERNELS</c> forces one by its name.</summary>
internal static class KernelSets
{
    /// <summary>Every set that this CPU can run, best first.</summary>
    internal static readonly KernelSet[] All = Avx2Kernels.IsSupported ? [new Avx2Kernels(), new ScalarKernels(), new CompactKernels()] : [new ScalarKernels(), new CompactKernels()];

    /// <summary>The set that networks are loaded with.</summary>
    internal static KernelSet Best { get; } = Choose(Environment.GetEnvironmentVariable("EDGEQUANT_KERNELS"));

    /// <summary>The set that keeps no copy of the weights.</summary>
    internal static KernelSet Compact => All[^1];

    private static KernelSet Choose(string? forced)
    {
        if (string.IsNullOrEmpty(forced))
        {
            return All[0];
        }

        return Array.Find(All, set => set.Name == forced)
            ?? throw new NotSupportedException(
                $"EDGEQUANT_KERNELS is '{forced}'; this machine has {string.Join(", ", Array.ConvertAll(All, set => set.Name))}.");
    }
}
