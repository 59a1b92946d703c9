using System.Reflection;
using System.Runtime.Loader;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>The runtime that is compiled for nanoFramework, loaded into .NET, where its core library is .NET's facade of the same name.</summary>
internal static class NanoRuntime
{
    private static readonly Lazy<Assembly> s_assembly = new(
        () => new AssemblyLoadContext("nanoFramework", isCollectible: false).LoadFromAssemblyPath(NanoFiles.Runtime));

    public static Assembly Assembly => s_assembly.Value;

    /// <summary>A type of the nano runtime, internal ones too.</summary>
    /// <param name="name">The name without <c>EdgeQuant.Runtime.</c></param>
    public static Type Type(string name) => Assembly.GetType("EdgeQuant.Runtime." + name, throwOnError: true)!;
}
