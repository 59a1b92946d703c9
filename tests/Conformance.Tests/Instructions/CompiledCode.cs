using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeQuant.Conformance.Tests.Instructions;

/// <summary>Walks over compiled types: what their signatures and bodies mention, each with its place.</summary>
internal static class CompiledCode
{
    /// <summary>A type with the types inside it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type)
        => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>Every instruction of a type's methods.</summary>
    public static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions(TypeDefinition type)
        => from method in type.Methods
           where method.HasBody
           from instruction in method.Body.Instructions
           select (method, instruction);

    /// <summary>Names an instruction's place.</summary>
    public static string Place(MethodDefinition method, Instruction instruction)
        => $"{method.FullName} at IL_{instruction.Offset:x4}";

    /// <summary>Every type that a definition mentions: base, interfaces, fields, signatures, locals, handlers, operands.</summary>
    public static IEnumerable<(string Where, TypeReference Type)> MentionedTypes(TypeDefinition type)
    {
        if (type.BaseType is not null)
        {
            yield return (type.FullName, type.BaseType);
        }

        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            yield return (type.FullName, implementation.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            yield return (field.FullName, field.FieldType);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            foreach (TypeReference mentioned in Signature(method))
            {
                yield return (method.FullName, mentioned);
            }

            if (!method.HasBody)
            {
                continue;
            }

            foreach (VariableDefinition local in method.Body.Variables)
            {
                yield return ($"{method.FullName} local {local.Index}", local.VariableType);
            }

            foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            {
                if (handler.CatchType is not null)
                {
                    yield return (method.FullName, handler.CatchType);
                }
            }
        }

        foreach ((MethodDefinition method, Instruction instruction) in Instructions(type))
        {
            foreach (TypeReference mentioned in Operand(instruction.Operand))
            {
                yield return (Place(method, instruction), mentioned);
            }
        }
    }

    /// <summary>A type with all that it is constructed from.</summary>
    public static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        IEnumerable<TypeReference> inner = type switch
        {
            GenericInstanceType generic => generic.GenericArguments.Prepend(generic.ElementType),
            FunctionPointerType function => Signature(function),
            IModifierType modified => [modified.ElementType, modified.ModifierType],
            TypeSpecification constructed => [constructed.ElementType],
            _ => [],
        };
        return inner.SelectMany(Parts).Prepend(type);
    }

    private static IEnumerable<TypeReference> Signature(IMethodSignature method)
        => method.Parameters.Select(parameter => parameter.ParameterType).Prepend(method.ReturnType);

    private static IEnumerable<TypeReference> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. Signature(method), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        CallSite call => Signature(call),
        _ => [],
    };
}
