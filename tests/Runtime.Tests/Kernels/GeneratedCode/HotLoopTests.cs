using System.Diagnostics;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Kernels.X86;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>
/// The machine code of the kernels' loops on x86-64: no call, no check of a bound, and nothing kept on the stack. A process of these tests compiles
/// the kernels with instructions switched off and writes down their code; a processor without AVX-512 has half as many registers, too.
/// </summary>
public sealed class HotLoopTests(ITestOutputHelper output)
{
    private static readonly LoopExcuses s_excuses = new(new Dictionary<string, string>
    {
        [$"{typeof(PlainRequantizer).FullName}:Finish"] = "it is for what no other requantizer can take, and calls the arithmetic that all share",
    });

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void Every_kernel_compiles()
    {
        MethodInfo[] methods = [.. KernelMethods.Reached, .. KernelMethods.Optimized(typeof(FaultyLoops))];

        KernelMethods.Compile(methods);

        Assert.Contains(methods, method => method.DeclaringType == typeof(ScalarDepthwiseConvolution));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public void Have_no_call_no_check_and_nothing_on_the_stack(string? switchedOff)
    {
        Assert.SkipUnless(X86Base.X64.IsSupported, "the loops of other processors are looked at by other tests.");

        List<Loop> loops = Loops(switchedOff, typeof(KernelSet).Namespace + ".*:*");

        output.WriteLine(string.Join('\n', loops));
        Assert.Contains(loops, loop => loop.Products >= 16);
        string[] faulty = [.. s_excuses.Unexcused(loops)];
        Assert.True(faulty.Length == 0, string.Join('\n', faulty));
    }

    [Fact]
    public void Excuses_are_needed()
    {
        Assert.SkipUnless(X86Base.X64.IsSupported, "the loops of other processors are looked at by other tests.");
        Assert.SkipUnless(Avx2Kernels.IsSupported, "this machine has no kernels 'avx2'.");

        IEnumerable<Loop> loops =
            from switchedOff in new[] { null, "DOTNET_EnableAVX512" }
            from loop in Loops(switchedOff, typeof(KernelSet).Namespace + ".*:*")
            select loop;

        Assert.Empty(s_excuses.Unneeded(loops));
    }

    [Fact]
    public void Every_kernel_is_looked_at()
    {
        Assert.SkipUnless(X86Base.X64.IsSupported, "the loops of other processors are looked at by other tests.");

        string[] looked = [.. Listings(null, typeof(KernelSet).Namespace + ".*:*").Select(listing => listing.Method)];

        Assert.Empty(KernelMethods.Reached.Select(KernelMethods.Name).Except(looked));
    }

    [Theory]
    [InlineData(nameof(FaultyLoops.Plain), null)]
    [InlineData(nameof(FaultyLoops.Checked), "j")]
    [InlineData(nameof(FaultyLoops.Calling), "call")]
    [InlineData(nameof(FaultyLoops.Spilling), "[r")]
    public void Faults_are_seen(string method, string? fault)
    {
        Assert.SkipUnless(X86Base.X64.IsSupported, "the loops of other processors are looked at by other tests.");

        Loop loop = Assert.Single(Loops(null, $"{typeof(FaultyLoops).FullName}:{method}"));

        Assert.Equal(fault is null, loop.Faults.Count == 0);
        Assert.All(loop.Faults, instruction => Assert.Contains(fault!, instruction, StringComparison.Ordinal));
    }

    private static List<Loop> Loops(string? switchedOff, string methods)
    {
        return [.. Listings(switchedOff, methods).SelectMany(listing => listing.InnermostLoops())];
    }

    private static List<Listing> Listings(string? switchedOff, string methods)
    {
        string log = Path.GetTempFileName();
        try
        {
            Compile(switchedOff, methods, log);
            return Listing.Read(File.ReadLines(log), new X64Instructions());
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static void Compile(string? switchedOff, string methods, string log)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"*{nameof(HotLoopTests)}.{nameof(Every_kernel_compiles)}");
        start.Environment["DOTNET_JitDisasm"] = methods;
        start.Environment["DOTNET_JitStdOutFile"] = log;
        if (switchedOff is not null)
        {
            start.Environment[switchedOff] = "0";
        }

        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The kernels were not compiled within {s_limit}.");
        }

        Assert.True(process.ExitCode == 0, said.GetAwaiter().GetResult());
    }
}
