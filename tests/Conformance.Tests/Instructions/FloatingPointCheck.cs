using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeQuant.Conformance.Tests.Instructions;

/// <summary>Finds floating point: instructions, and every mention of a floating-point type.</summary>
internal static class FloatingPointCheck
{
    private static readonly HashSet<Code> FloatingPointInstructions =
    [
        Code.Ldc_R4, Code.Ldc_R8,
        Code.Ldind_R4, Code.Ldind_R8, Code.Stind_R4, Code.Stind_R8,
        Code.Ldelem_R4, Code.Ldelem_R8, Code.Stelem_R4, Code.Stelem_R8,
        Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un,
        Code.Ckfinite,
    ];

    private static readonly HashSet<string> FloatingPointTypes =
    [
        "System.Single", "System.Double", "System.Half", "System.Runtime.InteropServices.NFloat",
    ];

    public static IEnumerable<Violation> Check(IEnumerable<TypeDefinition> types)
        => types.SelectMany(type => CheckInstructions(type).Concat(CheckTypes(type)));

    private static IEnumerable<Violation> CheckInstructions(TypeDefinition type)
        => from found in CompiledCode.Instructions(type)
           where FloatingPointInstructions.Contains(found.Instruction.OpCode.Code)
           select new Violation(Rule.FloatingPoint, CompiledCode.Place(found.Method, found.Instruction), found.Instruction.OpCode.Name);

    private static IEnumerable<Violation> CheckTypes(TypeDefinition type)
        => from mention in CompiledCode.MentionedTypes(type)
           where CompiledCode.Parts(mention.Type).Any(part => FloatingPointTypes.Contains(part.FullName))
           select new Violation(Rule.FloatingPoint, mention.Where, mention.Type.FullName);
}
