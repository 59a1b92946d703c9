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

    /// <summary>1 over x.</summary>
    Reciprocal,

    /// <summary>The error function: the share of a normal distribution within x times the root of 2 of its middle.</summary>
    Erf,

    /// <summary>x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>The approximation of <see cref="Gelu"/> by a hyperbolic tangent: x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.</summary>
    GeluTanh,

    /// <summary>x times the logistic function of x (SiLU).</summary>
    Swish,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x times tanh(softplus(x)) (Misra, 2019).</summary>
    Mish,

    /// <summary>The tangent.</summary>
    Tangent,

    /// <summary>The inverse of the sine.</summary>
    ArcSine,

    /// <summary>The inverse of the cosine.</summary>
    ArcCosine,

    /// <summary>The inverse of the tangent.</summary>
    ArcTangent,

    /// <summary>The hyperbolic sine.</summary>
    HyperbolicSine,

    /// <summary>The hyperbolic cosine.</summary>
    HyperbolicCosine,

    /// <summary>The inverse of the hyperbolic sine.</summary>
    InverseHyperbolicSine,

    /// <summary>The inverse of the hyperbolic cosine.</summary>
    InverseHyperbolicCosine,

    /// <summary>The inverse of the hyperbolic tangent.</summary>
    InverseHyperbolicTangent,
}
