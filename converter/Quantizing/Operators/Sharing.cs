namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>Which of a node's quantized tensors must have one scale and zero point.</summary>
internal enum Sharing
{
    /// <summary>Each has its own.</summary>
    None,

    /// <summary>All inputs have the same; the outputs have their own.</summary>
    Inputs,

    /// <summary>All inputs and outputs have the same.</summary>
    All,
}
