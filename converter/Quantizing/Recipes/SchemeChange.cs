namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>What a rule changes of an operator's scheme; what is null stays as it was.</summary>
internal sealed record SchemeChange
{
    public WeightEncoding? WeightEncoding { get; init; }

    public bool? WeightsPerChannel { get; init; }

    public bool? WeightsSymmetric { get; init; }

    public bool? WeightsPowerOfTwo { get; init; }

    public int? IndexBits { get; init; }

    public CodebookMethod? CodebookMethod { get; init; }

    public ActivationType? ActivationType { get; init; }

    public bool? ActivationsSymmetric { get; init; }

    public bool? ActivationsPowerOfTwo { get; init; }

    public CalibrationMethod? CalibrationMethod { get; init; }

    public double? Percentile { get; init; }

    public double? Momentum { get; init; }

    /// <summary>The scheme with the changes made.</summary>
    public OperatorScheme Apply(OperatorScheme scheme)
    {
        WeightScheme weights = scheme.Weights;
        ActivationScheme activations = scheme.Activations;
        CalibrationScheme calibration = scheme.Calibration;
        return new OperatorScheme(
            new WeightScheme(
                WeightEncoding ?? weights.Encoding,
                WeightsPerChannel ?? weights.PerChannel,
                WeightsSymmetric ?? weights.Symmetric,
                WeightsPowerOfTwo ?? weights.PowerOfTwo,
                IndexBits ?? weights.IndexBits,
                CodebookMethod ?? weights.CodebookMethod),
            new ActivationScheme(
                ActivationType ?? activations.Type, ActivationsSymmetric ?? activations.Symmetric, ActivationsPowerOfTwo ?? activations.PowerOfTwo),
            new CalibrationScheme(CalibrationMethod ?? calibration.Method, Percentile ?? calibration.Percentile, Momentum ?? calibration.Momentum));
    }
}
