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

    /// <summary>What the device cannot have: real numbers, which are for comparisons on the desktop.</summary>
    /// <exception cref="RecipeException">Where the recipe asks for them.</exception>
    public static void RequireIntegers(Recipe recipe)
    {
        OperatorScheme all = recipe.Operators;
        JsonProblem[] problems =
        [
            .. RealNumbers("$", all.Weights.Encoding, all.Activations.Type),
            .. recipe.Rules.SelectMany(rule => RealNumbers(rule.Place, rule.Change.WeightEncoding, rule.Change.ActivationType)),
        ];
        if (problems.Length > 0)
        {
            throw new RecipeException(recipe.Source, problems);
        }
    }

    private static IEnumerable<JsonProblem> RealNumbers(string place, WeightEncoding? weights, ActivationType? activations)
    {
        if (weights == WeightEncoding.Float)
        {
            yield return new JsonProblem(place, "weights of real numbers (float), which the device does not compute with", "int8, int4 or codebook; evaluate and compare take float too");
        }

        if (activations == ActivationType.Float)
        {
            yield return new JsonProblem(place, "activations of real numbers (float), which the device does not compute with", "int8, int16 or dynamic; evaluate and compare take float too");
        }
    }

    /// <summary>What cannot be in a scheme together; empty if everything can.</summary>
    public static IEnumerable<(string Found, string Allowed)> Problems(OperatorScheme scheme)
    {
        WeightScheme weights = scheme.Weights;
        ActivationScheme activations = scheme.Activations;
        string encoding = Words.Of(weights.Encoding);
        if (!weights.Symmetric && weights.Encoding == WeightEncoding.Codebook)
        {
            yield return ($"{encoding} weights with zero points (symmetric false)", "zero points with int8 or int4 weights");
        }

        if (activations is { Type: ActivationType.Dynamic, PowerOfTwo: true })
        {
            yield return ("dynamic activations whose scales are powers of two", "powers of two with int8 or int16 activations");
        }
    }
}
