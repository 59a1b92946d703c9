using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Finds what compiles, but what nanoFramework 1.x refuses, misreads or does not run.</summary>
internal static class NanoAssemblyCheck
{
    /// <summary>Checks a whole assembly.</summary>
    /// <param name="module">The assembly's module.</param>
    /// <param name="coreLibrary">The core library that it may refer to.</param>
    public static List<Violation> Check(ModuleDefinition module, ModuleDefinition coreLibrary) =>
    [
        .. CheckTypes([.. module.GetTypes()]),
        .. NanoReferenceCheck.Check(module, coreLibrary),
    ];

    /// <summary>Checks some types, but not what they refer to.</summary>
    public static List<Violation> CheckTypes(IReadOnlyCollection<TypeDefinition> types) =>
    [
        .. FloatingPointCheck.Check(types),
        .. NanoTypeCheck.Check(types),
        .. NanoMethodCheck.Check(types),
        .. NanoTableCheck.Check(types),
    ];
}
