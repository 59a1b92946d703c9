namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function of one real number that is applied to every element.</summary>
internal enum UnaryFunction
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x held within 0 to 6.</summary>
    Relu6,

    /// <summary>x held within -1 to 1.</summary>
    ReluN1To1,

    /// <summary>x held within 0 to 1.</summary>
    Relu0To1,

    /// <summary>x times (x + 3), held within 0 to 6, over 6.</summary>
    HardSwish,

    /// <summary>x, or exp(x) - 1 where x is negative.</summary>
    Elu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Logistic,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The absolute value.</summary>
    Absolute,

    /// <summary>-x.</summary>
    Negate,

    /// <summary>x squared.</summary>
    Square,

    /// <summary>The square root.</summary>
    SquareRoot,

    /// <summary>1 over the square root.</summary>
    ReciprocalSquareRoot,

    /// <summary>e to the power of x.</summary>
    Exponential,

    /// <summary>The natural logarithm.</summary>
    Logarithm,

    /// <summary>The sine.</summary>
    Sine,

    /// <summary>The cosine.</summary>
    Cosine,

    /// <summary>-1, 0 or 1.</summary>
    Sign,

    /// <summary>The next integer at or above x.</summary>
    Ceiling,

    /// <summary>The next integer at or below x.</summary>
    Floor,

    /// <summary>The nearest integer, the even one of two.</summary>
    Round,
}
