using System.Runtime.InteropServices;
using EdgeQuant.Conformance.Tests.Nano;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>A network of one operator on its way to the device.</summary>
internal static class MixedRun
{
    public static LoweredNetwork Lower(NetworkGraph graph)
    {
        GraphCheck.Run(graph);
        return Lowering.Run(graph);
    }

    public static byte[] Pack(LoweredNetwork network)
    {
        ArenaPlanner.Run(network);
        return ModelWriter.Write(network, selfTest: null, modelCard: null);
    }

    /// <summary>The output's bytes, which every kernel set and the nano runtime agree on; running allocates nothing.</summary>
    public static byte[] Outputs(byte[] file, byte[] data)
    {
        NanoNetwork nano = NanoNetwork.Load(file);
        nano.SetInput(0, Array.ConvertAll(data, value => unchecked((sbyte)value)));
        nano.Invoke();
        sbyte[] expected = new sbyte[Network.Load(file).Output().Length];
        nano.GetOutput(0, expected);
        foreach (KernelSet kernels in KernelSets.All)
        {
            Network network = Network.Load(file, kernels);
            network.Invoke(); // what runs for the first time is compiled, which may allocate
            data.CopyTo(MemoryMarshal.AsBytes(network.Input()));
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Invoke();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(network.Output().SequenceEqual(expected), $"the kernels '{kernels.Name}' give other results than the nano runtime");
        }

        return (byte[])(object)expected;
    }
}
