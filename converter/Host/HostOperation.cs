namespace EdgeQuant.Converter.Host;

/// <summary>What a host can compute. The names, in camel case, stand in model cards: never change one.</summary>
internal enum HostOperation
{
    /// <summary>Real numbers to the integers of the output's scale and zero point.</summary>
    Quantize,

    /// <summary>Integers to real numbers, by the input's scale and zero point.</summary>
    Dequantize,

    /// <summary>Real numbers to 8-bit integers and the scale and zero point that make full use of them, found for each record.</summary>
    QuantizeDynamic,

    /// <summary>8-bit integers and the scale and zero point that the device found for them, to real numbers.</summary>
    DequantizeDynamic,

    /// <summary>The numbers themselves in another type.</summary>
    Cast,

    /// <summary>The same elements in another shape.</summary>
    Reshape,

    /// <summary>Softmax over the last axis, of beta times the input.</summary>
    Softmax,

    /// <summary>The logarithm of softmax over the last axis.</summary>
    LogSoftmax,

    // Of each real number.
    Relu,
    Relu6,
    HardSwish,

    /// <summary>x, or alpha times x where x is not above 0.</summary>
    LeakyRelu,
    Logistic,
    Tanh,
    Absolute,
    Negate,
    Square,
    SquareRoot,
    ReciprocalSquareRoot,
    Exponential,
    Logarithm,
    Sine,
    Cosine,
    Ceiling,
    Floor,
    Round,

    // Of two real numbers each, broadcast against each other, with an activation.
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
    SquaredDifference,
}
