using System.IO.Enumeration;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Applies a recipe's rules to a network: what each operator's scheme is, and what is said of each tensor.</summary>
internal static class RecipeMatcher
{
    /// <summary>The scheme of each operator: the recipe's, changed by every rule that matches, in their order.</summary>
    public static IReadOnlyDictionary<Node, OperatorScheme> Schemes(NetworkGraph graph, Recipe recipe)
    {
        Dictionary<Node, OperatorScheme> schemes = [];
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            Node node = graph.Nodes[position];
            OperatorScheme scheme = recipe.Operators;
            foreach (RecipeRule rule in recipe.Rules.Where(rule => Matches(rule, node, position, graph.Nodes.Count)))
            {
                scheme = rule.Change.Apply(scheme);
            }

            schemes.Add(node, scheme);
        }

        return schemes;
    }

    /// <summary>The last rule for a tensor; null if there is none.</summary>
    public static TensorRule? RuleOf(Tensor tensor, Recipe recipe)
    {
        return recipe.Tensors.LastOrDefault(rule => Matches(rule.Name, tensor.Name));
    }

    /// <summary>True if a rule's conditions hold for an operator.</summary>
    public static bool Matches(RecipeRule rule, Node node, int position, int count)
    {
        return (rule.Name is null || node.Outputs.Length > 0 && Matches(rule.Name, node.Outputs[0].Name))
            && (rule.Kind is null || string.Equals(rule.Kind, node.Operation.Name, StringComparison.OrdinalIgnoreCase))
            && IsBetween(rule, position, count);
    }

    /// <summary>True if a name fits a pattern.</summary>
    /// <param name="pattern">A name with * for any characters and ? for one; upper and lower case differ.</param>
    /// <param name="name">The name.</param>
    public static bool Matches(string pattern, string name)
    {
        return FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
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
