using System.Text;
using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>How large code and data become in a device's file, where tokens, offsets and branches take two bytes.</summary>
internal static class NanoSizes
{
    /// <summary>Bytes of a method's instructions and handlers.</summary>
    public static int Body(MethodBody body)
        => body.Instructions.Sum(instruction => instruction.OpCode.Size + Operand(instruction))
            + (body.HasExceptionHandlers ? (12 * body.ExceptionHandlers.Count) + 1 : 0);

    /// <summary>Bytes of all methods of some types.</summary>
    public static int ByteCode(IEnumerable<TypeDefinition> types)
        => types.SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => Body(method.Body));

    /// <summary>Bytes of the table that holds initial array data and signatures; an upper bound, because equal signatures are shared.</summary>
    public static int DataAndSignatures(IEnumerable<TypeDefinition> types)
        => types.Sum(type => type.Fields.Sum(Field) + type.Methods.Sum(Signatures) + (SizeOfType * (type.Interfaces.Count + 1)));

    /// <summary>Bytes of the table that holds names and string literals.</summary>
    public static int Strings(IReadOnlyCollection<TypeDefinition> types)
    {
        HashSet<string> strings = new(StringComparer.Ordinal);
        foreach (TypeDefinition type in types)
        {
            strings.Add(type.Namespace);
            strings.Add(type.Name);
            strings.UnionWith(type.Fields.Select(field => field.Name));
            strings.UnionWith(type.Methods.Select(method => method.Name));
            foreach ((_, Instruction instruction) in CompiledCode.Instructions(type))
            {
                switch (instruction.Operand)
                {
                    case string literal:
                        strings.Add(literal);
                        break;
                    case MemberReference member:
                        strings.Add(member.Name);
                        break;
                }
            }
        }

        return strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }

    // An element type, a token of two bytes, and one more for an array or a reference.
    private const int SizeOfType = 4;

    private static int Field(FieldDefinition field)
        => 1 + SizeOfType + (field.InitialValue.Length == 0 ? 0 : 2 + field.InitialValue.Length);

    private static int Signatures(MethodDefinition method)
        => 2 + (SizeOfType * (method.Parameters.Count + 1)) + (method.HasBody ? SizeOfType * method.Body.Variables.Count : 0);

    private static int Operand(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineArg => 1,
        OperandType.InlineSwitch => 1 + (2 * ((Instruction[])instruction.Operand).Length),
        OperandType.InlineI or OperandType.ShortInlineR or OperandType.InlineTok => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 2,
    };
}
