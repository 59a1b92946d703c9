namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>
/// A node that nothing is pending for, and whose outputs everything behind wants in the same other order: its inputs are transposed, not its
/// outputs. So the transpositions of a network's input come first of all.
/// </summary>
internal static class EarlyRule
{
    /// <returns>False, and the node stays as it is, if more than one input would have to be transposed.</returns>
    public static bool Apply(LayoutRewriter rewriter, Node node)
    {
        if (!LayoutRules.KeepsAxes(node.Operation) || rewriter.OnlyWanted(node.Outputs) is not int[] wanted)
        {
            return false;
        }

        Tensor[] variables = [.. node.Inputs.OfType<Tensor>().Where(input => !input.IsConstant).Distinct()];
        if (Array.Exists(variables, input => input.Rank != wanted.Length) || variables.Count(input => !Permutation.MovesNothing(wanted, input.Shape)) > 1)
        {
            return false;
        }

        Tensor?[] given = node.Inputs;
        Dictionary<Tensor, Tensor> transposed = variables.ToDictionary(input => input, input => rewriter.Pretended(input, wanted));
        node.Inputs = [.. given.Select(input => input is null ? null : transposed.GetValueOrDefault(input, input))];
        bool done = LayoutRules.ApplyTable(rewriter, node);
        node.Inputs = done ? node.Inputs : given;
        return done;
    }
}
