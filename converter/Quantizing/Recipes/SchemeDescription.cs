using System.Globalization;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Schemes in a few words.</summary>
internal static class SchemeDescription
{
    /// <summary>An operator's scheme: "int4 per channel, int8 activations".</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="hasWeights">False to leave weights out.</param>
    public static string Of(OperatorScheme scheme, bool hasWeights)
    {
        string activations = Of(scheme.Activations);
        return hasWeights ? $"{Of(scheme.Weights)}, {activations} activations" : $"{activations} activations";
    }

    /// <summary>What a change changes: "weights int8, activations int16".</summary>
    public static string Of(SchemeChange change)
    {
        string?[] parts =
        [
            change.WeightEncoding is WeightEncoding encoding ? $"weights {encoding.ToString().ToLowerInvariant()}" : null,
            change.IndexBits is int bits ? $"{bits} bits an index" : null,
            change.WeightsPerChannel is bool perChannel ? $"weights per {(perChannel ? "channel" : "tensor")}" : null,
            change.WeightsPowerOfTwo is bool weightsPower ? $"weights {(weightsPower ? "with" : "without")} power-of-two scales" : null,
            change.ActivationType is ActivationType type ? $"activations {type.ToString().ToLowerInvariant()}" : null,
            change.ActivationsSymmetric is bool symmetric ? $"activations {(symmetric ? "symmetric" : "asymmetric")}" : null,
            change.ActivationsPowerOfTwo is bool power ? $"activations {(power ? "with" : "without")} power-of-two scales" : null,
            change.CalibrationMethod is CalibrationMethod method ? $"calibration by {Of(method)}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>How ranges are chosen: "percentile 99.99".</summary>
    public static string Of(CalibrationScheme calibration)
    {
        return calibration.Method switch
        {
            CalibrationMethod.Percentile => string.Create(CultureInfo.InvariantCulture, $"{Of(calibration.Method)} {calibration.Percentile}"),
            _ => Of(calibration.Method),
        };
    }

    private static string Of(WeightScheme weights)
    {
        string encoding = weights.Encoding == WeightEncoding.Codebook ? $"{weights.IndexBits}-bit codebook" : weights.Encoding.ToString().ToLowerInvariant();
        string details = (weights.Symmetric ? "" : " asymmetric") + (weights.PowerOfTwo ? " power-of-two" : "");
        return weights.Encoding == WeightEncoding.Float ? encoding : $"{encoding}{details} per {(weights.PerChannel ? "channel" : "tensor")}";
    }

    private static string Of(ActivationScheme activations)
    {
        bool symmetric = activations.Symmetric && activations.Type == ActivationType.Int8;
        return activations.Type.ToString().ToLowerInvariant() + (symmetric ? " symmetric" : "") + (activations.PowerOfTwo ? " power-of-two" : "");
    }

    private static string Of(CalibrationMethod method)
    {
        return method switch
        {
            CalibrationMethod.MinMax => "minimum and maximum",
            CalibrationMethod.MovingAverage => "moving average",
            CalibrationMethod.MeanSquaredError => "mean squared error",
            _ => method.ToString().ToLowerInvariant(),
        };
    }
}
