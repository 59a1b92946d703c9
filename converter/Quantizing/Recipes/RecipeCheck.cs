using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>What cannot be in a scheme together, whatever the operator.</summary>
internal static class RecipeCheck
{
    /// <summary>What is wrong with the scheme that holds where no rule matches.</summary>
    public static IEnumerable<JsonProblem> Problems(Recipe recipe)
    {
        return Problems(recipe.Operators).Select(problem => new JsonProblem("$", problem.Found, problem.Allowed));
    }

    /// <summary>What cannot be in a scheme together; empty if everything can.</summary>
    public static IEnumerable<(string Found, string Allowed)> Problems(OperatorScheme scheme)
    {
        WeightScheme weights = scheme.Weights;
        ActivationScheme activations = scheme.Activations;
        string encoding = Words.Of(weights.Encoding);
        bool integers = weights.Encoding != WeightEncoding.Float;
        if (!weights.Symmetric && weights.PerChannel && integers)
        {
            yield return ("weights with zero points (symmetric false) and a scale for each channel (perChannel true)", "zero points with one scale for the whole tensor (perChannel false)");
        }

        if (!weights.Symmetric && weights.Encoding is WeightEncoding.Int4 or WeightEncoding.Codebook)
        {
            yield return ($"{encoding} weights with zero points (symmetric false)", "zero points with int8 weights");
        }

        if (activations is { Type: ActivationType.Dynamic, PowerOfTwo: true })
        {
            yield return ("dynamic activations whose scales are powers of two", "powers of two with int8 or int16 activations");
        }
    }
}
