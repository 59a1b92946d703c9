using EdgeQuant.Conformance.Tests.Malformed;
using EdgeQuant.Conformance.Tests.Nano;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Dynamic;

/// <summary>Operators that find their results' scale: the same bytes on both runtimes, no allocation, and no file or scale that breaks them.</summary>
public sealed class DynamicConformanceTests
{
    private const int Mutations = 3000;
    private const int Records = 50;

    private static readonly byte[] s_file = DynamicFile.Make();
    private static readonly byte[] s_withoutRoom = DynamicFile.MakeWithoutRoom();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_runtimes_and_all_kernels_give_the_same_bytes(bool withoutRoom)
    {
        NanoNetwork nano = NanoNetwork.Load(withoutRoom ? s_withoutRoom : s_file);
        Assert.Equal(-1, nano.SelfTest());
        Random random = new(3);
        for (int record = 0; record < Records; record++)
        {
            sbyte[][] inputs = Record(random, record);
            for (int i = 0; i < inputs.Length; i++)
            {
                nano.SetInput(i, inputs[i]);
            }

            nano.Invoke();
            foreach (KernelSet kernels in KernelSets.All)
            {
                Network network = Network.Load(s_file, kernels);
                Run(network, inputs);
                for (int i = 0; i < network.OutputCount; i++)
                {
                    sbyte[] expected = network.Output(i).ToArray();
                    sbyte[] found = new sbyte[expected.Length];
                    nano.GetOutput(i, found);
                    Assert.Equal(expected, found);
                }
            }
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        Network network = Network.Load(s_file);
        network.Invoke();
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Invoke();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Without_room_to_keep_results_less_memory_is_taken()
    {
        Assert.True(Network.Load(s_withoutRoom).ArenaBytes < Network.Load(s_file).ArenaBytes / 2);
    }

    [Fact]
    public void Damaged_files_are_refused_or_run()
    {
        Damage.Mutate(s_file, Mutations, "dynamic");
        Damage.Mutate(s_withoutRoom, Mutations, "dynamic without room");
    }

    [Fact]
    public void Every_field_may_hold_anything()
    {
        Damage.EveryField(s_file);
        Damage.EveryField(s_withoutRoom);
    }

    /// <summary>Sensible scales, and in every other record one that is nothing but random bytes.</summary>
    private static sbyte[][] Record(Random random, int record)
    {
        sbyte[] images = Bytes(random, 6 * 5 * 4);
        sbyte[] scale = record % 2 == 0 ? DynamicFile.ScaleBytes(Math.Pow(10, random.Next(-5, 3)), random.Next(-128, 128)) : Bytes(random, 12);
        return [images, scale, Bytes(random, 4 * 4 * 4)];
    }

    private static sbyte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return Array.ConvertAll(bytes, value => unchecked((sbyte)value));
    }

    private static void Run(Network network, sbyte[][] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].CopyTo(network.Input(i));
        }

        network.Invoke();
    }
}
