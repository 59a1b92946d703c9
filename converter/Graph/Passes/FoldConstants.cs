using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// Nodes whose results are known become constants: shapes, integer arithmetic on constants, constants that are moved. What would make the
/// file larger by more than a little stays a node.
/// </summary>
internal sealed class FoldConstants : GraphPass
{
    private const int AlwaysFolded = 1024;

    public override string Name => "fold-constants";

    public override int Run(NetworkGraph graph)
    {
        return graph.Nodes.RemoveAll(Fold);
    }

    private static bool Fold(Node node)
    {
        if (Array.Exists(node.Outputs, output => output.IsState || output.View is not null) || IsTooLarge(node) || ConstantEvaluation.Outputs(node) is not byte[][] results)
        {
            return false;
        }

        for (int i = 0; i < results.Length; i++)
        {
            node.Outputs[i].Data = results[i];
        }

        MovedIntegers.Follow(node);

        return true;
    }

    private static bool IsTooLarge(Node node)
    {
        long before = node.Inputs.Sum(input => input?.Data?.Length ?? 0L);
        long after = node.Outputs.Sum(output => (long)output.ElementCount * output.Type.Bytes());
        return after > AlwaysFolded && after > before;
    }
}
