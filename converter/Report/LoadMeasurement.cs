using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Converter.Report;

/// <summary>Measures what the runtime takes when it loads a model.</summary>
internal static class LoadMeasurement
{
    /// <summary>Loads the model twice and counts the second time: the first also makes tables that all networks share.</summary>
    /// <param name="file">The <c>.eqm</c> file; its own bytes do not count, because a device reads them from flash.</param>
    /// <param name="kernels">The kernels to load it with.</param>
    public static MemoryReport Run(byte[] file, KernelSet kernels)
    {
        Network first = Network.Load(file, kernels);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Network second = Network.Load(file, kernels);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(first);
        return new MemoryReport(kernels.Name, second.HeldBytes, allocated);
    }
}
