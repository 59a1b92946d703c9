using System.Collections.Concurrent;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>Programs of this repository, compiled for Arm64. Each is compiled once for all tests.</summary>
internal static class ArmPrograms
{
    private const string CrossCompiler = "/usr/bin/aarch64-linux-gnu-gcc";

    /// <summary>Compiled apart from everything else: what other tests use stays as it is.</summary>
    private static readonly string s_artifacts = Path.Combine(Repository.Root, "artifacts", "arm64");

    /// <summary>A property, because the option of 'dotnet restore' for it sets another one than that of 'dotnet build'.</summary>
    private static readonly string[] s_options =
        ["-p:RuntimeIdentifier=linux-arm64", $"-p:ArtifactsPath={s_artifacts}", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    /// <summary>Projects have parts in common: one at a time.</summary>
    private static readonly Lock s_compiling = new();

    private static readonly ConcurrentDictionary<string, Lazy<string>> s_compiled = new(StringComparer.Ordinal);

    /// <summary>The executable of a project, with .NET's own runtime and its just-in-time compiler beside it.</summary>
    /// <param name="folder">The project's folder, from the repository's root.</param>
    public static string Build(string folder)
    {
        return s_compiled.GetOrAdd(folder, _ => new Lazy<string>(() => Compile("build", folder, "bin", ["-p:SelfContained=true"]))).Value;
    }

    /// <summary>The executable of a project, compiled ahead of time to one native file.</summary>
    /// <param name="folder">The project's folder, from the repository's root.</param>
    public static string PublishNative(string folder)
    {
        Assert.SkipUnless(File.Exists(CrossCompiler), "needs a compiler that links for Arm64 (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross)");
        return s_compiled.GetOrAdd(folder, _ => new Lazy<string>(() => Compile("publish", folder, "publish", []))).Value;
    }

    private static string Compile(string verb, string folder, string output, string[] options)
    {
        using Lock.Scope compiling = s_compiling.EnterScope();
        string project = Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj"));
        ProgramRun restored = ProgramRun.Of("dotnet", ["restore", project, .. s_options, .. options]);
        Assert.SkipUnless(restored.ExitCode == 0, $"needs the packages of .NET's runtime for linux-arm64:\n{restored.Output}");

        // The build of the solution has analyzed the sources.
        string[] unanalyzed = ["-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"];
        ProgramRun compiled = ProgramRun.Of("dotnet", [verb, project, "-c", "Release", "--no-restore", .. s_options, .. options, .. unanalyzed]);
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        string name = Path.GetFileNameWithoutExtension(project);
        return Path.Combine(s_artifacts, output, name, "release_linux-arm64", name);
    }
}
