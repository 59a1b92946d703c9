using System.Diagnostics;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>
/// The reference models on processors that have less: instructions are switched off for a process of these tests, which then chooses other kernels
/// and must compute the same bytes.
/// </summary>
public sealed class SwitchedOffTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "avx512", "avxvnni")]
    [InlineData("DOTNET_EnableAVXVNNI", "avxvnni", "avx2")]
    [InlineData("DOTNET_EnableAVX2", "avx2", "vector128")]
    public void Networks_give_the_same_bytes(string switchName, string without, string with)
    {
        Assert.SkipUnless(EdgeQuant.Tests.Support.Golden.Available, EdgeQuant.Tests.Support.Golden.Absent);
        Assert.SkipUnless(Array.Exists(KernelSets.All, set => set.Name == without), $"this machine has no kernels '{without}'.");

        (int exitCode, string output) = Run(switchName, with, "*GoldenConformanceTests.The_self_test_in_the_file_passes_and_can_fail");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);

        // Kernels whose instructions are switched off are not there to be chosen.
        (exitCode, output) = Run(switchName, without, "*GoldenConformanceTests.The_self_test_in_the_file_passes_and_can_fail");

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"EDGEQUANT_KERNELS is '{without}'; this machine has {with}", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Run(string switchName, string kernels, string method)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add(method);
        start.Environment[switchName] = "0";
        start.Environment["EDGEQUANT_KERNELS"] = kernels;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The tests did not end within {s_limit}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}
