namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a tensor is to a network.</summary>
internal enum TensorRole
{
    Activation,
    Weights,

    /// <summary>A constant that is no weight: a bias, an axis, a table.</summary>
    Constant,
    State,
}
