using System.Buffers;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>Recipes that differ from a given one in a single operator.</summary>
internal static class RecipeVariants
{
    private static readonly SearchValues<char> s_wildcards = SearchValues.Create("*?\\<>\"");

    private static readonly SchemeChange s_float = new() { WeightEncoding = WeightEncoding.Float, ActivationType = ActivationType.Float };

    /// <summary>Quantizes one operator by its scheme and leaves all others as they are.</summary>
    public static Recipe Only(Recipe recipe, int position, OperatorScheme scheme)
    {
        return recipe with
        {
            Operators = s_float.Apply(recipe.Operators),
            Rules = [new RecipeRule(Whole(scheme)) { From = position }],
        };
    }

    /// <summary>Quantizes all operators by the recipe but one.</summary>
    public static Recipe AllBut(Recipe recipe, int position)
    {
        return recipe with { Rules = [.. recipe.Rules, new RecipeRule(s_float) { From = position }] };
    }

    /// <summary>A rule for one operator: by its name where that means no other, by its position otherwise.</summary>
    public static RecipeRule RuleFor(NetworkGraph graph, int position, SchemeChange change)
    {
        string name = graph.Nodes[position].Outputs[0].Name;
        bool plain = name.Length > 0 && !name.AsSpan().ContainsAny(s_wildcards) && graph.Nodes.Count(node => node.Outputs.Length > 0 && node.Outputs[0].Name == name) == 1;
        return plain ? new RecipeRule(change) { Name = name } : new RecipeRule(change) { From = position };
    }

    /// <summary>The change that makes any scheme a given one.</summary>
    private static SchemeChange Whole(OperatorScheme scheme)
    {
        return new SchemeChange
        {
            WeightEncoding = scheme.Weights.Encoding,
            WeightsPerChannel = scheme.Weights.PerChannel,
            WeightsSymmetric = scheme.Weights.Symmetric,
            WeightsPowerOfTwo = scheme.Weights.PowerOfTwo,
            IndexBits = scheme.Weights.IndexBits,
            CodebookMethod = scheme.Weights.CodebookMethod,
            ActivationType = scheme.Activations.Type,
            ActivationsSymmetric = scheme.Activations.Symmetric,
            ActivationsPowerOfTwo = scheme.Activations.PowerOfTwo,
            CalibrationMethod = scheme.Calibration.Method,
            Percentile = scheme.Calibration.Percentile,
            Momentum = scheme.Calibration.Momentum,
        };
    }
}
