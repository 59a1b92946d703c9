namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How an operator's inputs and outputs are held.</summary>
internal enum ActivationType
{
    /// <summary>8-bit integers.</summary>
    Int8,

    /// <summary>16-bit integers, always symmetric.</summary>
    Int16,

    /// <summary>8-bit integers whose range is found on the device, for each inference anew.</summary>
    Dynamic,

    /// <summary>Real numbers: for comparisons on the desktop only, no device runs it.</summary>
    Float,
}
