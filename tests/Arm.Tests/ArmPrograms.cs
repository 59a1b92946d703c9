using System.Collections.Concurrent;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>Programs of this repository, compiled for Arm64. Each is compiled once for all tests.</summary>
internal static class ArmPrograms
{
    /// <summary>Compiled apart from everything else: what other tests use stays as it is.</summary>
    private static readonly string s_artifacts = Path.Combine(Repository.Root, "artifacts", "arm64");

    private static readonly string[] s_options =
        ["-r", "linux-arm64", "-p:SelfContained=true", $"-p:ArtifactsPath={s_artifacts}", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    private static readonly ConcurrentDictionary<string, Lazy<string>> s_compiled = new(StringComparer.Ordinal);

    /// <summary>The executable of a project, with .NET's own runtime and its just-in-time compiler beside it.</summary>
    /// <param name="folder">The project's folder, from the repository's root.</param>
    public static string Build(string folder)
    {
        return s_compiled.GetOrAdd(folder, _ => new Lazy<string>(() => Compile(folder))).Value;
    }

    private static string Compile(string folder)
    {
        string project = Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj"));
        ProgramRun restored = ProgramRun.Of("dotnet", ["restore", project, .. s_options]);
        Assert.SkipUnless(restored.ExitCode == 0, $"needs the packages of .NET's runtime for linux-arm64:\n{restored.Output}");

        // The build of the solution has analyzed the sources.
        string[] unanalyzed = ["-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"];
        ProgramRun compiled = ProgramRun.Of("dotnet", ["build", project, "-c", "Release", "--no-restore", .. s_options, .. unanalyzed]);
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        string name = Path.GetFileNameWithoutExtension(project);
        return Path.Combine(s_artifacts, "bin", name, "release_linux-arm64", name);
    }
}
