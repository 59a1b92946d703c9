using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>What the device asks of an operation's quantized tensors.</summary>
internal sealed record OperatorRule
{
    /// <summary>Which tensors have the same scale and zero point.</summary>
    public Sharing Sharing { get; init; }

    /// <summary>
    /// True if it computes in the type of its inputs whatever its scheme says: what moves or selects elements. Of several inputs the widest
    /// type counts.
    /// </summary>
    public bool FollowsInputs { get; init; }

    /// <summary>
    /// True if every output element is an input element as it was, however far others lie from it: what is cut off an input by a narrower
    /// range is cut off the output in the same way, so that only the output's range counts.
    /// </summary>
    public bool Selects { get; init; }

    /// <summary>True if shared inputs must have a zero point of 0.</summary>
    public bool SymmetricInputs { get; init; }

    /// <summary>The output's parameters where they are prescribed, for a type; null where they follow from its range.</summary>
    public Func<DataType, Quantization>? Output { get; init; }

    /// <summary>The range that an output never leaves.</summary>
    public (float Lowest, float Highest) Limits { get; init; } = (float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>True if it stays an operation on real numbers, between conversions where it needs them: a conversion from or to other types.</summary>
    public bool StaysReal { get; init; }

    /// <summary>True if it takes activations of any type: a conversion.</summary>
    public bool TakesAnyType { get; init; }

    /// <summary>How weights and other constants with a form of their own are quantized; null if there are none.</summary>
    public ParameterQuantizer? Parameters { get; init; }
}
