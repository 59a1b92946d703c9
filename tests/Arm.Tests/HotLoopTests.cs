using System.Collections.Concurrent;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Kernels.Arm;
using EdgeQuant.Runtime.Kernels.X86;
using EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;
using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>
/// The machine code of the kernels' loops on Arm64, as on x86-64: no call, no check of a bound, and nothing kept on the stack. The tests of the runtime
/// compile every kernel with .NET's just-in-time compiler for Arm64, which writes down the code.
/// </summary>
public sealed class HotLoopTests(ITestOutputHelper output)
{
    private static readonly LoopExcuses s_excuses = new(new Dictionary<string, string>
    {
        [$"{typeof(PlainRequantizer).FullName}:Finish"] = "it is for what no other requantizer can take, and calls the arithmetic that all share",
    });

    private static readonly ConcurrentDictionary<string, Lazy<List<Listing>>> s_compiled = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(ArmEmulator.Everything)]
    [InlineData(ArmEmulator.Pi4)]
    public void Have_no_call_no_check_and_nothing_on_the_stack(string processor)
    {
        List<Loop> loops = [.. KernelLoops(processor)];

        output.WriteLine(string.Join('\n', loops));
        Assert.Contains(loops, loop => loop.Products >= 16);
        string[] faulty = [.. s_excuses.Unexcused(loops)];
        Assert.True(faulty.Length == 0, string.Join('\n', faulty));
    }

    [Fact]
    public void Excuses_are_needed()
    {
        Assert.Empty(s_excuses.Unneeded(KernelLoops(ArmEmulator.Everything)));
    }

    [Fact]
    public void Every_kernel_is_looked_at()
    {
        string[] looked = [.. Listings(ArmEmulator.Everything).Select(listing => listing.Method)];
        string[] kernels = [.. from method in KernelMethods.All where method.DeclaringType!.Namespace != typeof(X86Kernels).Namespace select KernelMethods.Name(method)];

        Assert.Contains(kernels, kernel => kernel.StartsWith(typeof(DotProductKernels).FullName!, StringComparison.Ordinal));
        Assert.Empty(kernels.Except(looked));
    }

    [Theory]
    [InlineData(nameof(FaultyLoops.Plain), null)]
    [InlineData(nameof(FaultyLoops.Checked), "b")]
    [InlineData(nameof(FaultyLoops.Calling), "bl")]
    [InlineData(nameof(FaultyLoops.Spilling), "[fp")]
    public void Faults_are_seen(string method, string? fault)
    {
        string name = $"{typeof(FaultyLoops).FullName}:{method}";

        Loop loop = Assert.Single(Listings(ArmEmulator.Everything).Single(listing => listing.Method == name).InnermostLoops());

        Assert.Equal(fault is null, loop.Faults.Count == 0);
        Assert.All(loop.Faults, instruction => Assert.Contains(fault!, instruction, StringComparison.Ordinal));
    }

    // Kernels for x86-64 are compiled too where they need no instructions of it, and never run.
    private static IEnumerable<Loop> KernelLoops(string processor)
    {
        return from listing in Listings(processor)
               where listing.Method.StartsWith(typeof(KernelSet).Namespace + ".", StringComparison.Ordinal)
                   && !listing.Method.StartsWith(typeof(X86Kernels).Namespace + ".", StringComparison.Ordinal)
               from loop in listing.InnermostLoops()
               select loop;
    }

    private static List<Listing> Listings(string processor)
    {
        ArmEmulator.Require();
        return s_compiled.GetOrAdd(processor, _ => new Lazy<List<Listing>>(() => Compile(processor))).Value;
    }

    private static List<Listing> Compile(string processor)
    {
        string program = ArmPrograms.Build("tests/Runtime.Tests");
        string log = Path.GetTempFileName();
        try
        {
            ProgramRun run = ArmEmulator.Run(
                processor,
                program,
                ["-noColor", "-method", "*.HotLoopTests.Every_kernel_compiles"],
                ("DOTNET_JitDisasm", $"{typeof(KernelSet).Namespace}.*:* {typeof(FaultyLoops).FullName}:*"),
                ("DOTNET_JitStdOutFile", log));
            Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}");
            return Listing.Read(File.ReadLines(log), new Arm64Instructions());
        }
        finally
        {
            File.Delete(log);
        }
    }
}
