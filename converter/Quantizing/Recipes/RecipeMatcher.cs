using System.IO.Enumeration;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Applies a recipe's rules to a network: what each operator's scheme is, and what is said of each tensor.</summary>
internal static class RecipeMatcher
{
    /// <summary>The scheme of each operator: the recipe's, changed by every rule that matches, in their order.</summary>
    /// <exception cref="RecipeException">Rules that match nothing, and schemes that cannot be: all at once.</exception>
    public static IReadOnlyDictionary<Node, OperatorScheme> Schemes(NetworkGraph graph, Recipe recipe)
    {
        Dictionary<Node, OperatorScheme> schemes = [];
        HashSet<RecipeRule> used = [];
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            Node node = graph.Nodes[position];
            OperatorScheme scheme = recipe.Operators;
            foreach (RecipeRule rule in recipe.Rules.Where(rule => Matches(rule, node, position, graph.Nodes.Count)))
            {
                used.Add(rule);
                scheme = rule.Change.Apply(scheme);
            }

            schemes.Add(node, scheme);
        }

        JsonProblem[] problems = [.. UnmatchedRules.Of(graph, recipe, used), .. ImpossibleSchemes(schemes)];
        return problems.Length == 0 ? schemes : throw new RecipeException(recipe.Source, problems);
    }

    /// <summary>The last rule for a tensor; null if there is none.</summary>
    public static TensorRule? RuleOf(Tensor tensor, Recipe recipe)
    {
        return recipe.Tensors.LastOrDefault(rule => Matches(rule.Name, tensor.Name));
    }

    /// <summary>True if a rule's conditions hold for an operator.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="node">The operator.</param>
    /// <param name="position">Its position, from 0.</param>
    /// <param name="count">How many operators there are.</param>
    public static bool Matches(RecipeRule rule, Node node, int position, int count)
    {
        return (rule.Name is null || (node.Outputs.Length > 0 && Matches(rule.Name, node.Outputs[0].Name)))
            && (rule.Kind is null || string.Equals(rule.Kind, node.Operation.Name, StringComparison.OrdinalIgnoreCase))
            && IsBetween(rule, position, count);
    }

    /// <summary>True if a name fits a pattern.</summary>
    /// <param name="pattern">A name with * for any characters and ? for one, a backslash before one that stands for itself; upper and lower case differ.</param>
    /// <param name="name">The name.</param>
    public static bool Matches(string pattern, string name)
    {
        return FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }

    private static IEnumerable<JsonProblem> ImpossibleSchemes(Dictionary<Node, OperatorScheme> schemes)
    {
        const int MostNames = 5;
        IEnumerable<(Node Node, (string Found, string Allowed) Problem)> all = schemes.SelectMany(pair => RecipeCheck.Problems(pair.Value).Select(problem => (pair.Key, problem)));
        foreach (IGrouping<(string Found, string Allowed), Node> problem in all.GroupBy(pair => pair.Problem, pair => pair.Node))
        {
            string[] names = [.. problem.Select(node => $"{node.Operation.Name} '{(node.Outputs.Length > 0 ? node.Outputs[0].Name : "")}'")];
            string more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
            yield return new JsonProblem($"operators {string.Join(", ", names.Take(MostNames))}{more}", problem.Key.Found, problem.Key.Allowed);
        }
    }

    private static bool IsBetween(RecipeRule rule, int position, int count)
    {
        if (rule.From is null && rule.To is null)
        {
            return true;
        }

        int from = FromFront(rule.From ?? 0, count);
        int to = FromFront(rule.To ?? rule.From ?? 0, count);
        return position >= from && position <= to;
    }

    private static int FromFront(int position, int count)
    {
        return position < 0 ? position + count : position;
    }
}
