using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Dynamic;

/// <summary>
/// Operations whose results have the scale of their input, whatever it is: they move, select or average elements of one tensor, and need to
/// know neither scale nor zero point.
/// </summary>
internal static class DynamicPassage
{
    /// <summary>True if a node's results have the scale of its input 0.</summary>
    public static bool Passes(Node node)
    {
        return node.Inputs.Skip(1).All(input => input is null or { IsConstant: true })
            && node.Inputs is [{ IsConstant: false, IsState: false }, ..]
            && !Array.Exists(node.Outputs, output => output.IsState)
            && node.Operation switch
            {
                Pool2D { Activation: Activation.None } => true,
                Reduce { Function: ReduceFunction.Maximum or ReduceFunction.Minimum or ReduceFunction.Mean } => true,
                ResizeNearestNeighbor => true,
                MovementOperation => Movements.Resolve(node)?.Movements?.All(movement => OnlyMoves(node, movement)) == true,
                _ => false,
            };
    }

    /// <summary>True if a node only compares the elements of its input 0: it may be given a tensor without its scale.</summary>
    public static bool Compares(Node node)
    {
        return node.Operation is ArgMaximum or ArgMinimum;
    }

    private static bool OnlyMoves(Node node, TensorMovement movement)
    {
        return movement.Fill is null && movement.Regions.All(region => region.Source == node.Input(0) || region.Source == movement.Target);
    }
}
