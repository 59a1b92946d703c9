namespace EdgeQuant.Conformance.Tests.Instructions;

/// <summary>What a compiled assembly may not contain.</summary>
public enum Rule
{
    /// <summary>A floating-point instruction, or a field, parameter, local or call with a floating-point type.</summary>
    FloatingPoint,

    /// <summary>A generic type or method definition.</summary>
    GenericParameter,

    /// <summary>A constructed type other than an array of one dimension or a reference.</summary>
    TypeSpecification,

    /// <summary>A call of a generic method.</summary>
    MethodSpecification,

    /// <summary>An array of more than one dimension.</summary>
    MultiDimensionalArray,

    /// <summary>A pinned local.</summary>
    PinnedLocal,

    /// <summary>A pointer or function pointer.</summary>
    UnmanagedPointer,

    /// <summary>An instruction that the interpreter does not run, or does not run as specified.</summary>
    Instruction,

    /// <summary>A method with a body in an interface.</summary>
    DefaultInterfaceMethod,

    /// <summary>A reference to an assembly other than the core library, or to a member that it does not have.</summary>
    Reference,

    /// <summary>More locals, arguments, stack slots, switch targets or bytes than a method may have.</summary>
    MethodSize,

    /// <summary>A table of the assembly that the device's 16-bit offsets cannot address.</summary>
    TableSize,
}
