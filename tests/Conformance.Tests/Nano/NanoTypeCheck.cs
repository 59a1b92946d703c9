using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>
/// Finds types that nanoFramework 1.x does not have. Of all constructed types it has arrays of one dimension and references; an array's element
/// may be an array.
/// </summary>
internal static class NanoTypeCheck
{
    public static IEnumerable<Violation> Check(IEnumerable<TypeDefinition> types) => types.SelectMany(CheckType);

    private static IEnumerable<Violation> CheckType(TypeDefinition type)
    {
        if (type.HasGenericParameters)
        {
            yield return new Violation(Rule.GenericParameter, type.FullName, "generic type");
        }

        foreach (MethodDefinition method in type.Methods)
        {
            if (method.HasGenericParameters)
            {
                yield return new Violation(Rule.GenericParameter, method.FullName, "generic method");
            }

            if (type.IsInterface && method.HasBody)
            {
                yield return new Violation(Rule.DefaultInterfaceMethod, method.FullName, "has a body");
            }
        }

        foreach ((string where, TypeReference mentioned) in CompiledCode.MentionedTypes(type))
        {
            foreach (TypeReference part in CompiledCode.Parts(mentioned))
            {
                if (BrokenRule(part) is Rule rule)
                {
                    yield return new Violation(rule, where, part.FullName);
                }
            }
        }
    }

    private static Rule? BrokenRule(TypeReference type) => type switch
    {
        ArrayType { IsVector: true } or ByReferenceType => null,
        ArrayType => Rule.MultiDimensionalArray,
        PinnedType => Rule.PinnedLocal,
        PointerType or FunctionPointerType => Rule.UnmanagedPointer,
        TypeSpecification or GenericParameter => Rule.TypeSpecification,
        _ => null,
    };
}
