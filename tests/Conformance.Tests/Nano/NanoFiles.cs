using Mono.Cecil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>The assemblies of the nanoFramework build, which the build puts beside the tests.</summary>
internal static class NanoFiles
{
    public static string Runtime => Path.Combine(AppContext.BaseDirectory, "nano", "EdgeQuant.Runtime.dll");

    public static string CoreLibrary => Path.Combine(AppContext.BaseDirectory, "nano", "mscorlib.dll");

    public static ModuleDefinition ReadRuntime() => ModuleDefinition.ReadModule(Runtime);

    public static ModuleDefinition ReadCoreLibrary() => ModuleDefinition.ReadModule(CoreLibrary);
}
