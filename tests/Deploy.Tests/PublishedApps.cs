using System.Diagnostics;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>The real app, published by the tool for a device that is not there. What comes of it lies in the repository's artifacts, where the tool finds it again.</summary>
internal static class PublishedApps
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string> s_selfContained = new(() => Publish(runtime: ""));
    private static readonly Lazy<string> s_frameworkDependent = new(() => Publish(runtime: $"{Environment.Version.Major}.0.0"));

    /// <summary>The folder of one for x86-64 that brings its own .NET runtime.</summary>
    public static string SelfContained => s_selfContained.Value;

    /// <summary>The folder of one for x86-64 that uses the device's .NET runtime.</summary>
    public static string FrameworkDependent => s_frameworkDependent.Value;

    private static string Publish(string runtime)
    {
        using Device device = new();
        string ssh = AnsweringSsh.Write(device, AnsweringSsh.RaspberryPi.Replace("aarch64", "x86_64", StringComparison.Ordinal) + $"\ndotnet={runtime}");
        using Process process = ToolProcess.Start("deploy", DemoFolder.Model, "--host", "pi", "--ssh", ssh, "--simulate", DemoFolder.Recording, "--dry-run");
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        return new DirectoryInfo(Path.Combine(Repository.Root, "artifacts", "device-apps"))
            .GetDirectories("linux-x64-*")
            .Where(folder => folder.Name.Contains("framework", StringComparison.Ordinal) == (runtime.Length > 0))
            .MaxBy(folder => folder.LastWriteTimeUtc)!.FullName;
    }
}
