using EdgeQuant.Converter;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>What networks take: file, arena, everything that loading allocates; and that running allocates nothing.</summary>
public sealed class MemoryTests
{
    /// <summary>Multipliers, objects, and what is needed only while loading.</summary>
    private const int MostOfScales = 16384;

    /// <summary>Rows of images and accumulators of the convolution that takes most.</summary>
    private const int MostOfWorkspace = 65536;

    private const int SmallArena = 8 * 1024;

    public static TheoryData<string> All => ConvertedGolden.AllNames();

    public static TheoryData<string> Networks => ConvertedGolden.NetworkNames();

    [Theory]
    [MemberData(nameof(All))]
    public void Running_allocates_nothing(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        ModelRunner runner = ModelRunner.Load(ConvertedGolden.Convert(golden).File);
        runner.SetInputs(golden.Inputs.AsSpan(0, runner.InputBytes));
        Network network = runner.Network;
        network.Invoke();
        network.Reset();
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                network.Invoke();
                network.Reset();
            }
        });
        Assert.Equal(0, allocated);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_plan_is_within_two_percent_of_the_lower_bound(string name)
    {
        ConversionResult conversion = ConvertedGolden.Convert(ConvertedGolden.Find(name));
        Assert.InRange(conversion.Plan.Bytes, conversion.Plan.LowerBound, (int)(conversion.Plan.LowerBound * 1.02));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void All_memory_is_less_than_the_reference_s_arena(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        byte[] file = ConvertedGolden.Convert(golden).File;
        Network.LoadCompact(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Network network = Network.LoadCompact(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(network);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: arena {network.ArenaBytes}, state {network.StateBytes}, all {allocated}, reference {golden.ReferenceArenaBytes}");
        Assert.True(allocated >= network.ArenaBytes + network.StateBytes);
        Assert.True(
            golden.ReferenceArenaBytes <= SmallArena || allocated < golden.ReferenceArenaBytes,
            $"loading allocates {allocated} bytes, the reference's arena has {golden.ReferenceArenaBytes}");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Fast_kernels_say_what_they_hold(string name)
    {
        byte[] file = ConvertedGolden.Convert(ConvertedGolden.Find(name)).File;
        long Allocated(Func<byte[], int, Network> load, out Network network)
        {
            load(file, Network.DefaultMemoryLimit);
            long before = GC.GetAllocatedBytesForCurrentThread();
            network = load(file, Network.DefaultMemoryLimit);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long compact = Allocated((bytes, limit) => Network.LoadCompact(bytes, limit), out Network small);
        long fast = Allocated((bytes, limit) => Network.Load(bytes, limit), out Network large);

        Assert.Equal(0, small.HeldBytes);
        Assert.InRange(fast - compact, large.HeldBytes, (2 * large.HeldBytes) + MostOfScales);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_convolutions_write_is_held_once_however_many_there_are(string name)
    {
        byte[] file = ConvertedGolden.Convert(ConvertedGolden.Find(name)).File;
        Assert.All(KernelSets.All, set => Assert.InRange(Network.Load(file, set).HeldBytes, 0, (file.Length * 3 / 2) + MostOfWorkspace));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_file_is_no_larger_than_its_source(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        Assert.InRange(ConvertedGolden.Convert(golden).File.Length, 1, golden.Model.Length);
    }
}
