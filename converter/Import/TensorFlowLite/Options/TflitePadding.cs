namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>How a window meets the border, as <c>Padding</c> of the schema.</summary>
internal enum TflitePadding : sbyte
{
    /// <summary>Output extent is the input's divided by the stride, rounded up; what is missing is padded, the odd one at the end.</summary>
    Same = 0,

    /// <summary>No padding.</summary>
    Valid = 1,
}
