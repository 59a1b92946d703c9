using EdgeQuant.Runtime;

namespace EdgeQuant.Converter.Report;

/// <summary>Measures what the runtime allocates when it loads a model.</summary>
internal static class LoadMeasurement
{
    /// <summary>Loads the model twice and counts the second time: the first also makes tables that all networks share.</summary>
    /// <param name="file">The <c>.eqm</c> file; its own bytes do not count, because a device reads them from flash.</param>
    /// <returns>Bytes of all objects: arena, state, operators and what loading needed for a moment.</returns>
    public static long AllocatedBytes(byte[] file)
    {
        Network first = Network.Load(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Network second = Network.Load(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        return allocated;
    }
}
