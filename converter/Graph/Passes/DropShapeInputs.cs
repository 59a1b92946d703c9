using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Inputs that only say what the output's shape says already are left out, so that what computes them need not be computed.</summary>
internal sealed class DropShapeInputs : GraphPass
{
    public override string Name => "drop-shape-inputs";

    public override int Run(NetworkGraph graph)
    {
        int dropped = 0;
        foreach (Node node in graph.Nodes)
        {
            int? shape = node.Operation switch
            {
                Reshape or BroadcastTo or Tile or SplitBySizes => 1,
                Slice => 2,
                Fill => 0,
                ZerosLike => 0,
                _ => null,
            };
            if (shape is int index && node.OptionalInput(index) is not null)
            {
                node.Inputs[index] = null;
                dropped++;
            }
        }

        return dropped;
    }
}
