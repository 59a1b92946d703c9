namespace EdgeQuant.Runtime.Model;

/// <summary>The type of a tensor's elements as they stand in memory.</summary>
public enum ElementType
{
    /// <summary>8-bit signed, the usual activation and weight.</summary>
    Int8 = 1,

    /// <summary>8-bit unsigned; only at a network's edge.</summary>
    UInt8 = 2,

    /// <summary>16-bit signed, little endian.</summary>
    Int16 = 3,

    /// <summary>32-bit signed, little endian: biases, multipliers, indices.</summary>
    Int32 = 4,

    /// <summary>64-bit signed, little endian: biases of 16-bit operators.</summary>
    Int64 = 5,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 6,
}
