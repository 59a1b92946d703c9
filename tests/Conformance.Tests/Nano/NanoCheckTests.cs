using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Proves that each check of compiled code can fail.</summary>
public sealed class NanoCheckTests
{
    public static TheoryData<string> UnsupportedInstructions =>
    [
        "arglist", "calli", "ckfinite", "cpblk", "initblk", "jmp", "localloc", "mkrefany", "refanytype", "refanyval", "readonly.", "no.",
        "add.ovf", "add.ovf.un", "sub.ovf", "sub.ovf.un", "mul.ovf", "mul.ovf.un",
        "conv.ovf.i", "conv.ovf.i.un", "conv.ovf.u", "conv.ovf.u.un",
        "conv.ovf.i1", "conv.ovf.i1.un", "conv.ovf.u1", "conv.ovf.u1.un", "conv.ovf.i2", "conv.ovf.i2.un", "conv.ovf.u2", "conv.ovf.u2.un",
        "conv.ovf.i4", "conv.ovf.i4.un", "conv.ovf.u4", "conv.ovf.u4.un", "conv.ovf.i8", "conv.ovf.i8.un", "conv.ovf.u8", "conv.ovf.u8.un",
    ];

    public static TheoryData<string> FloatingPointInstructions =>
    [
        "ldc.r4", "ldc.r8", "conv.r4", "conv.r8", "conv.r.un", "ldind.r4", "ldind.r8", "stind.r4", "stind.r8",
        "ldelem.r4", "ldelem.r8", "stelem.r4", "stelem.r8", "ckfinite",
    ];

    [Theory]
    [InlineData("GenericMethod", Rule.GenericParameter)]
    [InlineData("GenericType`1", Rule.GenericParameter)]
    [InlineData("ConstructedType", Rule.TypeSpecification)]
    [InlineData("ConstructedLocal", Rule.TypeSpecification)]
    [InlineData("GenericMethodCall", Rule.MethodSpecification)]
    [InlineData("MultiDimensionalArray", Rule.MultiDimensionalArray)]
    [InlineData("MultiDimensionalArrayInside", Rule.MultiDimensionalArray)]
    [InlineData("PinnedLocal", Rule.PinnedLocal)]
    [InlineData("StackAllocation", Rule.Instruction)]
    [InlineData("PointerParameter", Rule.UnmanagedPointer)]
    [InlineData("FunctionPointer", Rule.UnmanagedPointer)]
    [InlineData("FunctionPointer", Rule.Instruction)]
    [InlineData("CheckedArithmetic", Rule.Instruction)]
    [InlineData("CheckedConversion", Rule.Instruction)]
    [InlineData("LongArrayIndex", Rule.Instruction)]
    [InlineData("VariableArguments", Rule.Instruction)]
    [InlineData("TypedReferences", Rule.Instruction)]
    [InlineData("ReadOnlyReferenceReturn", Rule.TypeSpecification)]
    [InlineData("InitAccessor", Rule.TypeSpecification)]
    [InlineData("IDefaultMethod", Rule.DefaultInterfaceMethod)]
    [InlineData("FloatField", Rule.FloatingPoint)]
    [InlineData("DoubleParameter", Rule.FloatingPoint)]
    [InlineData("DoubleConversion", Rule.FloatingPoint)]
    [InlineData("FloatCall", Rule.FloatingPoint)]
    [InlineData("FloatInside", Rule.FloatingPoint)]
    public void FindsWhatTheCompilerLetsPass(string sample, Rule rule)
    {
        List<Violation> violations = CheckSample(sample);

        Assert.Contains(violations, violation => violation.Rule == rule);
        Assert.All(violations, violation => Assert.Contains(sample, violation.Where, StringComparison.Ordinal));
    }

    [Fact]
    public void LetsPassWhatTheDeviceRuns() => Assert.Empty(CheckSample("AllowedCode"));

    [Theory]
    [MemberData(nameof(UnsupportedInstructions))]
    public void FindsEachUnsupportedInstruction(string name) => AssertFinds(Rule.Instruction, name);

    [Theory]
    [MemberData(nameof(FloatingPointInstructions))]
    public void FindsEachFloatingPointInstruction(string name) => AssertFinds(Rule.FloatingPoint, name);

    [Fact]
    public void FindsAModifiedParameter()
    {
        MethodDefinition method = MakeMethod(out ModuleDefinition module);
        TypeReference modifier = module.ImportReference(typeof(System.Runtime.InteropServices.InAttribute));
        method.Parameters.Add(new ParameterDefinition(new RequiredModifierType(modifier, new ByReferenceType(module.TypeSystem.Int32))));

        AssertOnly(Rule.TypeSpecification, NanoAssemblyCheck.CheckTypes([method.DeclaringType]));
    }

    [Theory]
    [InlineData("arguments")]
    [InlineData("locals")]
    [InlineData("stack slots")]
    [InlineData("bytes")]
    [InlineData("switch targets")]
    public void FindsAMethodBeyondItsLimits(string limit)
    {
        AssertOnly(Rule.MethodSize, CheckMethod(limit, beyond: 1));
        Assert.Empty(CheckMethod(limit, beyond: 0));
    }

    [Theory]
    [InlineData("byte code")]
    [InlineData("initial array data and signatures")]
    [InlineData("names and strings")]
    public void FindsATableBeyondItsOffsets(string table)
    {
        AssertOnly(Rule.TableSize, CheckTable(table, kilobytes: 70));
        Assert.Empty(CheckTable(table, kilobytes: 50));
    }

    [Fact]
    public void FindsReferencesThatTheCoreLibraryDoesNotHave()
    {
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();
        MethodDefinition method = MakeMethod(out ModuleDefinition module);
        AssemblyNameReference core = new("mscorlib", new Version(1, 17, 0, 0));
        module.AssemblyReferences.Clear();
        module.AssemblyReferences.Add(core);
        TypeReference text = new("System", "String", module, core);
        Use(method, new MethodReference("get_Length", module.TypeSystem.Int32, text) { HasThis = true });
        Assert.Empty(NanoReferenceCheck.Check(Reread(module), coreLibrary));

        Use(method, new MethodReference("get_Width", module.TypeSystem.Int32, text) { HasThis = true });
        Use(method, new MethodReference("Abs", module.TypeSystem.Int32, new TypeReference("System", "Math", module, core)));
        Use(method, new FieldReference("Empty", module.TypeSystem.Int32, text));
        module.AssemblyReferences.Add(new AssemblyNameReference("System.Memory", new Version(10, 0, 0, 0)));

        List<Violation> violations = [.. NanoReferenceCheck.Check(Reread(module), coreLibrary)];
        Assert.All(violations, violation => Assert.Equal(Rule.Reference, violation.Rule));
        string[] expected =
        [
            "refers to the assembly System.Memory, Version=10.0.0.0, Culture=neutral, PublicKeyToken=null",
            "refers to the member System.Int32 System.Math::Abs()",
            "refers to the member System.Int32 System.String::Empty",
            "refers to the member System.Int32 System.String::get_Width()",
            "refers to the type System.Math",
        ];
        Assert.Equal(expected, violations.Select(violation => violation.What).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static List<Violation> CheckSample(string name)
    {
        using ModuleDefinition tests = ModuleDefinition.ReadModule(typeof(ForbiddenCode).Assembly.Location);
        TypeDefinition samples = tests.GetType(typeof(ForbiddenCode).FullName);
        return NanoAssemblyCheck.CheckTypes([.. CompiledCode.WithNested(samples.NestedTypes.Single(type => type.Name == name))]);
    }

    private static void AssertFinds(Rule rule, string instructionName)
    {
        MethodDefinition method = MakeMethod(out _);
        OpCode code = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).Single(candidate => candidate.Name == instructionName);
        Instruction instruction = Instruction.Create(OpCodes.Nop);
        instruction.OpCode = code;
        method.Body.Instructions.Add(instruction);

        Assert.Contains(
            NanoAssemblyCheck.CheckTypes([method.DeclaringType]),
            violation => violation.Rule == rule && violation.What == instructionName && violation.Where.EndsWith("IL_0000", StringComparison.Ordinal));
    }

    private static void AssertOnly(Rule rule, List<Violation> violations) => Assert.Equal(rule, Assert.Single(violations).Rule);

    private static List<Violation> CheckMethod(string limit, int beyond)
    {
        MethodDefinition method = MakeMethod(out ModuleDefinition module);
        ILProcessor body = method.Body.GetILProcessor();
        Instruction end = body.Create(OpCodes.Ret);
        int count = 255 + beyond;
        switch (limit)
        {
            case "arguments":
                Repeat(count, () => method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32)));
                break;
            case "locals":
                Repeat(count, () => method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32)));
                break;
            case "stack slots":
                method.Body.MaxStackSize = count;
                break;
            case "bytes":
                Repeat(short.MaxValue + beyond, () => body.Emit(OpCodes.Nop));
                break;
            case "switch targets":
                body.Emit(OpCodes.Switch, [.. Enumerable.Repeat(end, count)]);
                body.Append(end);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(limit), limit, "Not a limit.");
        }

        return NanoAssemblyCheck.CheckTypes([method.DeclaringType]);
    }

    private static List<Violation> CheckTable(string table, int kilobytes)
    {
        MethodDefinition method = MakeMethod(out ModuleDefinition module);
        TypeDefinition type = method.DeclaringType;
        switch (table)
        {
            case "byte code":
                for (int index = 0; index < kilobytes; index++)
                {
                    MethodDefinition more = new("More", MethodAttributes.Static, module.TypeSystem.Void);
                    Repeat(1024, () => more.Body.GetILProcessor().Emit(OpCodes.Nop));
                    type.Methods.Add(more);
                }

                break;
            case "initial array data and signatures":
                type.Fields.Add(new FieldDefinition("Data", FieldAttributes.Static | FieldAttributes.HasFieldRVA, module.TypeSystem.Int32)
                {
                    InitialValue = new byte[1024 * kilobytes],
                });
                break;
            case "names and strings":
                method.Body.GetILProcessor().Emit(OpCodes.Ldstr, new string('x', 1024 * kilobytes));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(table), table, "Not a table.");
        }

        return NanoAssemblyCheck.CheckTypes([type]);
    }

    private static MethodDefinition MakeMethod(out ModuleDefinition module)
    {
        module = ModuleDefinition.CreateModule("Sample", ModuleKind.Dll);
        TypeDefinition type = new("Sample", "Type", TypeAttributes.Class, module.TypeSystem.Object);
        MethodDefinition method = new("Method", MethodAttributes.Static, module.TypeSystem.Void);
        type.Methods.Add(method);
        module.Types.Add(type);
        return method;
    }

    private static void Use(MethodDefinition method, MethodReference called) => method.Body.GetILProcessor().Emit(OpCodes.Call, called);

    private static void Use(MethodDefinition method, FieldReference loaded) => method.Body.GetILProcessor().Emit(OpCodes.Ldsfld, loaded);

    private static ModuleDefinition Reread(ModuleDefinition module)
    {
        MemoryStream file = new();
        module.Write(file);
        file.Position = 0;
        return ModuleDefinition.ReadModule(file);
    }

    private static void Repeat(int count, Action action)
    {
        for (int index = 0; index < count; index++)
        {
            action();
        }
    }
}
