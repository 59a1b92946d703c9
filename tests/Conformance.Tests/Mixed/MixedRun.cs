using System.Runtime.InteropServices;
using EdgeQuant.Conformance.Tests.Nano;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tests.Support;
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

    /// <summary>The output's bytes for each record, which every kernel set and the nano runtime agree on; running allocates nothing.</summary>
    public static byte[] Outputs(byte[] file, params byte[][] records)
    {
        NanoNetwork nano = NanoNetwork.Load(file);
        List<byte> outputs = [];
        foreach (byte[] record in records)
        {
            sbyte[] output = new sbyte[Network.Load(file).Output().Length];
            nano.SetInput(0, Array.ConvertAll(record, value => unchecked((sbyte)value)));
            nano.Invoke();
            nano.GetOutput(0, output);
            outputs.AddRange((byte[])(object)output);
        }

        foreach (KernelSet kernels in KernelSets.All)
        {
            List<byte> found = [];
            Network network = Network.Load(file, kernels);
            network.Invoke(); // what runs for the first time is compiled, which may allocate
            network.Reset();
            foreach (byte[] record in records)
            {
                record.CopyTo(MemoryMarshal.AsBytes(network.Input()));
                Assert.Equal(0, Allocations.Of(network.Invoke));
                found.AddRange(MemoryMarshal.AsBytes(network.Output()).ToArray());
            }

            Assert.True(found.SequenceEqual(outputs), $"the kernels '{kernels.Name}' give other results than the nano runtime");
        }

        return [.. outputs];
    }
}
