using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Finds instructions that the interpreter of nanoFramework 1.x does not run, and methods beyond its limits.</summary>
internal static class NanoMethodCheck
{
    // The metadata processor writes these counts as one byte each, and branches as signed 16-bit distances.
    private const int MostPerMethod = byte.MaxValue;
    private const int LongestMethod = short.MaxValue;

    private static readonly HashSet<Code> UnsupportedInstructions =
    [
        Code.Arglist, Code.Calli, Code.Ckfinite, Code.Cpblk, Code.Initblk, Code.Jmp, Code.Localloc,
        Code.Mkrefany, Code.Refanytype, Code.Refanyval, Code.Readonly, Code.No,
    ];

    public static IEnumerable<Violation> Check(IEnumerable<TypeDefinition> types)
        => types.SelectMany(type => CheckInstructions(type).Concat(CheckLimits(type)));

    private static IEnumerable<Violation> CheckInstructions(TypeDefinition type)
    {
        foreach ((MethodDefinition method, Instruction instruction) in CompiledCode.Instructions(type))
        {
            OpCode code = instruction.OpCode;

            // The interpreter runs checked arithmetic without the check.
            if (UnsupportedInstructions.Contains(code.Code) || code.Name.Contains(".ovf", StringComparison.Ordinal))
            {
                yield return new Violation(Rule.Instruction, CompiledCode.Place(method, instruction), code.Name);
            }

            if (instruction.Operand is GenericInstanceMethod called)
            {
                yield return new Violation(Rule.MethodSpecification, CompiledCode.Place(method, instruction), called.FullName);
            }

            if (instruction.Operand is Instruction[] { Length: > MostPerMethod } targets)
            {
                yield return new Violation(Rule.MethodSize, CompiledCode.Place(method, instruction), $"{targets.Length} switch targets, at most {MostPerMethod}");
            }
        }
    }

    private static IEnumerable<Violation> CheckLimits(TypeDefinition type)
        => from method in type.Methods
           where method.HasBody
           from limit in new (string What, int Found, int Most)[]
           {
               ("arguments", method.Parameters.Count + (method.HasThis ? 1 : 0), MostPerMethod),
               ("locals", method.Body.Variables.Count, MostPerMethod),
               ("stack slots", method.Body.MaxStackSize, MostPerMethod),
               ("bytes", NanoSizes.Body(method.Body), LongestMethod),
           }
           where limit.Found > limit.Most
           select new Violation(Rule.MethodSize, method.FullName, $"{limit.Found} {limit.What}, at most {limit.Most}");
}
