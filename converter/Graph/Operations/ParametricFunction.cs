namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function of one real number x with two constants A and B.</summary>
internal enum ParametricFunction
{
    /// <summary>x held within A to B, which may be infinite; A is not above B.</summary>
    Clip,

    /// <summary>A x + B, held within 0 to 1.</summary>
    HardSigmoid,

    /// <summary>x, or A (exp(x) - 1) where x is negative.</summary>
    Elu,

    /// <summary>B x, or B A (exp(x) - 1) where x is not positive.</summary>
    Selu,

    /// <summary>max(0, x) + min(0, A (exp(x / A) - 1)).</summary>
    Celu,

    /// <summary>x where it is above A, 0 elsewhere.</summary>
    ThresholdedRelu,

    /// <summary>x to the power of A.</summary>
    Power,
}
