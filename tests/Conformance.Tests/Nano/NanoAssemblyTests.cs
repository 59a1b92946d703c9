using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>The runtime that is compiled for nanoFramework has in it only what that machine runs.</summary>
public sealed class NanoAssemblyTests(ITestOutputHelper output)
{
    [Fact]
    public void HasOnlyWhatTheDeviceRuns()
    {
        using ModuleDefinition runtime = NanoFiles.ReadRuntime();
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();
        List<TypeDefinition> types = [.. runtime.GetTypes()];
        output.WriteLine(
            $"{types.Count} types: {NanoSizes.ByteCode(types)} bytes of code, {NanoSizes.DataAndSignatures(types)} of data and signatures, {NanoSizes.Strings(types)} of strings");

        List<Violation> violations = NanoAssemblyCheck.Check(runtime, coreLibrary);

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        Assert.NotEmpty(types.SelectMany(CompiledCode.Instructions));
    }

    [Fact]
    public void RefersToTheCoreLibraryAlone()
    {
        using ModuleDefinition runtime = NanoFiles.ReadRuntime();

        Assert.Equal("mscorlib", Assert.Single(runtime.AssemblyReferences).Name);
    }
}
