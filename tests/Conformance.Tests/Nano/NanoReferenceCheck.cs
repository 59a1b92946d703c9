using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Finds references to anything but the types and members that the core library declares.</summary>
internal static class NanoReferenceCheck
{
    private const string CoreLibraryName = "mscorlib";

    public static IEnumerable<Violation> Check(ModuleDefinition module, ModuleDefinition coreLibrary)
    {
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
        {
            if (reference.Name != CoreLibraryName)
            {
                yield return new Violation(Rule.Reference, module.Name, $"refers to the assembly {reference.FullName}");
            }
        }

        foreach (TypeReference type in module.GetTypeReferences())
        {
            if (coreLibrary.GetType(type.FullName) is null)
            {
                yield return new Violation(Rule.Reference, module.Name, $"refers to the type {type.FullName}");
            }
        }

        foreach (MemberReference member in module.GetMemberReferences())
        {
            if (!IsDeclared(member, coreLibrary))
            {
                yield return new Violation(Rule.Reference, module.Name, $"refers to the member {member.FullName}");
            }
        }
    }

    private static bool IsDeclared(MemberReference member, ModuleDefinition coreLibrary)
    {
        TypeDefinition? type = coreLibrary.GetType(member.DeclaringType.FullName);
        IEnumerable<MemberReference>? members = member is FieldReference ? type?.Fields : type?.Methods;
        return members?.Any(declared => declared.FullName == member.FullName) ?? false;
    }
}
