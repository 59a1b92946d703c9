using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Rules that match nothing in a network: most are misspelt, so what there is to match is named.</summary>
internal static class UnmatchedRules
{
    private const int MostNames = 40;

    /// <summary>What is wrong with such rules.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="used">The rules that matched an operator.</param>
    public static IEnumerable<JsonProblem> Of(NetworkGraph graph, Recipe recipe, IReadOnlySet<RecipeRule> used)
    {
        for (int i = 0; i < recipe.Rules.Count; i++)
        {
            if (!used.Contains(recipe.Rules[i]))
            {
                yield return Problem(graph, recipe.Rules[i], i);
            }
        }

        string[] tensors = [.. Tensors(graph).Select(tensor => tensor.Name).Distinct(StringComparer.Ordinal)];
        for (int i = 0; i < recipe.Tensors.Count; i++)
        {
            TensorRule rule = recipe.Tensors[i];
            if (!Array.Exists(tensors, name => RecipeMatcher.Matches(rule.Name, name)))
            {
                yield return new JsonProblem(
                    Place(rule.Place, "tensors", i), $"the tensor name \"{rule.Name}\", which matches nothing", $"tensors of this network: {Listed(tensors)}", NearMiss.Sentence(rule.Name, tensors));
            }
        }
    }

    private static JsonProblem Problem(NetworkGraph graph, RecipeRule rule, int index)
    {
        string[] kinds = [.. graph.Nodes.Select(node => node.Operation.Name).Distinct(StringComparer.Ordinal)];
        string[] names = [.. graph.Nodes.Where(node => node.Outputs.Length > 0).Select(node => node.Outputs[0].Name).Distinct(StringComparer.Ordinal)];
        List<string> conditions = [];
        List<string> allowed = [];
        string help = "";
        if (rule.Kind is not null)
        {
            conditions.Add($"kind \"{rule.Kind}\"");
            allowed.Add($"kinds {Listed(kinds)}");
            help = kinds.Contains(rule.Kind, StringComparer.OrdinalIgnoreCase) ? "" : NearMiss.Sentence(rule.Kind, kinds);
        }

        if (rule.Name is not null)
        {
            conditions.Add($"name \"{rule.Name}\"");
            allowed.Add($"names {Listed(names)}");
            help = help.Length > 0 ? help : NearMiss.Sentence(rule.Name, names);
        }

        if (rule.From is not null || rule.To is not null)
        {
            conditions.Add($"positions {rule.From ?? 0} to {rule.To ?? rule.From}");
            allowed.Add($"positions 0 to {graph.Nodes.Count - 1}");
        }

        return new JsonProblem(
            Place(rule.Place, "rules", index), $"a rule that matches no operator: {string.Join(", ", conditions)}", $"what this network has: {string.Join("; ", allowed)}", help);
    }

    private static string Place(string place, string list, int index)
    {
        return place.Length > 0 ? place : $"$.{list}[{index}]";
    }

    private static IEnumerable<Tensor> Tensors(NetworkGraph graph)
    {
        return graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs))).Where(tensor => !tensor.IsConstant);
    }

    private static string Listed(string[] names)
    {
        string more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
        return string.Join(", ", names.Take(MostNames)) + more;
    }
}
