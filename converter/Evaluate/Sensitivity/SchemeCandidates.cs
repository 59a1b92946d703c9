using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>Changes of an operator's scheme that may lose less: the cheap ones, which take nothing on the device, first.</summary>
internal static class SchemeCandidates
{
    public static IEnumerable<SchemeChange> For(OperatorScheme scheme, bool hasWeights)
    {
        ActivationScheme activations = scheme.Activations;
        bool is8Bit = activations.Type is ActivationType.Int8 or ActivationType.Dynamic;
        foreach (SchemeChange change in hasWeights ? Weights(scheme.Weights) : [])
        {
            yield return change;
        }

        if (activations is { Type: ActivationType.Int8, Symmetric: true })
        {
            yield return new SchemeChange { ActivationsSymmetric = false };
        }

        if (activations.PowerOfTwo)
        {
            yield return new SchemeChange { ActivationsPowerOfTwo = false };
        }

        if (activations.Type == ActivationType.Int8)
        {
            CalibrationMethod other = scheme.Calibration.Method == CalibrationMethod.MinMax ? CalibrationMethod.MeanSquaredError : CalibrationMethod.MinMax;
            yield return new SchemeChange { CalibrationMethod = other };
        }

        if (is8Bit)
        {
            yield return new SchemeChange { ActivationType = ActivationType.Int16 };
        }

        if (is8Bit && hasWeights && scheme.Weights.Encoding is WeightEncoding.Int4 or WeightEncoding.Codebook)
        {
            yield return new SchemeChange { WeightEncoding = WeightEncoding.Int8, ActivationType = ActivationType.Int16 };
        }
    }

    private static IEnumerable<SchemeChange> Weights(WeightScheme weights)
    {
        if (!weights.PerChannel && weights.Encoding != WeightEncoding.Float)
        {
            yield return new SchemeChange { WeightsPerChannel = true };
        }

        if (weights.PowerOfTwo)
        {
            yield return new SchemeChange { WeightsPowerOfTwo = false };
        }

        if (weights is { Encoding: WeightEncoding.Codebook, IndexBits: < 6 })
        {
            yield return new SchemeChange { IndexBits = weights.IndexBits + 2 };
        }

        if (weights.Encoding is WeightEncoding.Int4 or WeightEncoding.Codebook)
        {
            yield return new SchemeChange { WeightEncoding = WeightEncoding.Int8 };
        }
    }
}
