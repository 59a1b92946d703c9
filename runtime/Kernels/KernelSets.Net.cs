using EdgeQuant.Runtime.Kernels.Arm;
using EdgeQuant.Runtime.Kernels.X86;
using EdgeQuant.Runtime.Threads;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>The kernel sets of this machine. The environment variable <c>EDGEQUANT_KERNELS</c> forces one by its name.</summary>
internal static class KernelSets
{
    /// <summary>Every set that this CPU can run, best first.</summary>
    internal static readonly KernelSet[] All = Supported();

    /// <summary>The set that networks are loaded with.</summary>
    internal static KernelSet Best { get; } = Choose(Environment.GetEnvironmentVariable("EDGEQUANT_KERNELS"));

    /// <summary>The set that keeps no copy of the weights.</summary>
    internal static KernelSet Compact => All[^1];

    /// <summary>The set of a name.</summary>
    /// <param name="name">One of the names of <see cref="All"/>.</param>
    /// <param name="source">Where the name comes from, for the message.</param>
    /// <exception cref="NotSupportedException">This machine has no such set; the message lists those that it has.</exception>
    internal static KernelSet Find(string name, string source)
    {
        return Array.Find(All, set => set.Name == name)
            ?? throw new NotSupportedException($"{source} is '{name}'; this machine has {string.Join(", ", Array.ConvertAll(All, set => set.Name))}.");
    }

    /// <summary>A set whose large convolutions and products are computed by several threads at once.</summary>
    /// <param name="set">The set.</param>
    /// <param name="threads">How many, the one that invokes the network included: 1 to <see cref="WorkerPool.MostThreads"/>.</param>
    /// <param name="smallestPiece">What the part of a thread must cost at least, in multiplications of a convolution, 1 or more.</param>
    /// <returns>The set itself where it is one thread, and <see cref="Compact"/> always.</returns>
    internal static KernelSet OnThreads(KernelSet set, int threads, long smallestPiece = SplitConvolution.SmallestPiece)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, WorkerPool.MostThreads);
        return threads > 1 && set is PackingKernels kernels ? kernels.On(WorkerPool.Of(threads), smallestPiece) : set;
    }

    private static KernelSet[] Supported()
    {
        List<KernelSet> sets = [];
        if (Avx512Kernels.IsSupported)
        {
            sets.Add(new Avx512Kernels());
        }

        if (AvxVnniKernels.IsSupported)
        {
            sets.Add(new AvxVnniKernels());
        }

        if (Avx2Kernels.IsSupported)
        {
            sets.Add(new Avx2Kernels());
        }

        if (Vector128Kernels.IsSupported)
        {
            sets.Add(new Vector128Kernels());
        }

        if (DotProductKernels.IsSupported)
        {
            sets.Add(new DotProductKernels());
        }

        if (NeonKernels.IsSupported)
        {
            sets.Add(new NeonKernels());
        }

        sets.Add(new ScalarKernels());
        sets.Add(new CompactKernels());
        return [.. sets];
    }

    private static KernelSet Choose(string? forced)
    {
        return string.IsNullOrEmpty(forced) ? All[0] : Find(forced, "EDGEQUANT_KERNELS");
    }
}
