using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Recipes by name, for tests over several.</summary>
internal static class Schemes
{
    public static Recipe Of(string name)
    {
        OperatorScheme scheme = OperatorScheme.Default;
        return new Recipe
        {
            Operators = name switch
            {
                "int8" => scheme,
                "int8 per tensor" => scheme with { Weights = new WeightScheme(PerChannel: false) },
                "int8 symmetric" => scheme with { Activations = new ActivationScheme(Symmetric: true) },
                "int8 weights with zero points" => scheme with { Weights = new WeightScheme(PerChannel: false, Symmetric: false) },
                "int8 with zero points" => scheme with { Weights = new WeightScheme(Symmetric: false) },
                "int4 with zero points" => scheme with { Weights = new WeightScheme(WeightEncoding.Int4, Symmetric: false) },
                "int4 per tensor with a zero point" => scheme with { Weights = new WeightScheme(WeightEncoding.Int4, PerChannel: false, Symmetric: false) },
                "int16" => scheme with { Activations = new ActivationScheme(ActivationType.Int16) },
                "int4" => scheme with { Weights = new WeightScheme(WeightEncoding.Int4) },
                "codebook" => scheme with { Weights = new WeightScheme(WeightEncoding.Codebook) },
                "int16 with int4" => scheme with { Weights = new WeightScheme(WeightEncoding.Int4), Activations = new ActivationScheme(ActivationType.Int16) },
                "int16 with codebook" => scheme with { Weights = new WeightScheme(WeightEncoding.Codebook), Activations = new ActivationScheme(ActivationType.Int16) },
                "power of two" => scheme with { Weights = new WeightScheme(PowerOfTwo: true), Activations = new ActivationScheme(PowerOfTwo: true) },
                _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such scheme."),
            },
        };
    }
}
