using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>Several threads: the same bytes, however an operator is cut into pieces; nothing is allocated, by whatever thread.</summary>
[Collection(nameof(ThreadConformanceTests))]
[CollectionDefinition(nameof(ThreadConformanceTests), DisableParallelization = true)]
public sealed class ThreadConformanceTests
{
    /// <summary>Every operator is cut, however small.</summary>
    private const long AnyPiece = 1;

    /// <summary>Multipliers, objects, and what is needed only while loading.</summary>
    private const int MostOfPieces = 65536;

    private const int Rounds = 20;
    private const int Callers = 4;

    public static TheoryData<string> All => ConvertedGolden.AllNames();

    public static TheoryData<string> Networks => ConvertedGolden.NetworkNames();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_byte_is_the_reference_s(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        foreach (int threads in new[] { 2, 3, 4 })
        {
            AssertReference(golden, KernelSets.OnThreads(KernelSets.Best, threads, AnyPiece));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kernel_set_gives_the_same_bytes(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        Assert.All(KernelSets.All, kernels => AssertReference(golden, KernelSets.OnThreads(kernels, 3, AnyPiece)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Where_it_pays_is_decided_when_a_network_is_loaded(string name)
    {
        AssertReference(ConvertedGolden.Find(name), KernelSets.OnThreads(KernelSets.Best, 2));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Running_allocates_nothing(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        Network network = Network.Load(ConvertedGolden.Convert(golden).File, KernelSets.OnThreads(KernelSets.Best, 3, AnyPiece));
        void Run()
        {
            for (int i = 0; i < Rounds; i++)
            {
                network.Invoke();
                network.Reset();
            }
        }

        Run();
        Assert.Equal(0, Allocations.Of(Run));

        // What else the process does may allocate now and then; a run that allocates does so every time.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Rounds && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Run();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Networks_on_several_threads_share_the_workers(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        Parallel.For(
            0,
            Callers,
            new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = TestContext.Current.CancellationToken },
            _ => AssertReference(golden, KernelSets.OnThreads(KernelSets.Best, 2, AnyPiece)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_the_pieces_take_is_counted(string name)
    {
        byte[] file = ConvertedGolden.Convert(ConvertedGolden.Find(name)).File;
        KernelSet kernels = KernelSets.OnThreads(KernelSets.Best, 4, AnyPiece);
        long Allocated(KernelSet set, out Network network)
        {
            Network.Load(file, set);
            long before = GC.GetAllocatedBytesForCurrentThread();
            network = Network.Load(file, set);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long compact = Allocated(KernelSets.Compact, out _);
        long shared = Allocated(kernels, out Network network);
        Assert.InRange(shared - compact, network.HeldBytes, (2 * network.HeldBytes) + MostOfPieces);
    }

    private static void AssertReference(Golden golden, KernelSet kernels)
    {
        ModelRunner runner = ModelRunner.Load(ConvertedGolden.Convert(golden).File, kernels);
        byte[] result = new byte[runner.OutputBytes];
        int records = golden.Inputs.Length / runner.InputBytes;
        Assert.True(records > 0);
        for (int record = 0; record < records; record++)
        {
            if (golden.ResetEvery > 0 && record % golden.ResetEvery == 0)
            {
                runner.Reset();
            }

            runner.Run(golden.Inputs.AsSpan(record * runner.InputBytes, runner.InputBytes), result);
            ReadOnlySpan<byte> expected = golden.Outputs.AsSpan(record * runner.OutputBytes, runner.OutputBytes);
            Assert.True(expected.SequenceEqual(result), $"record {record} differs with the kernels '{kernels.Name}'");
        }
    }
}
