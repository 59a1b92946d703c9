namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How one operator is quantized: what is left of a recipe when its rules have been applied.</summary>
internal sealed record OperatorScheme(WeightScheme Weights, ActivationScheme Activations, CalibrationScheme Calibration)
{
    public static OperatorScheme Default { get; } = new(new WeightScheme(), new ActivationScheme(), new CalibrationScheme());
}
