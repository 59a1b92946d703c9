using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>A network in the runtime's own terms: operators with integers only, before the arena is planned.</summary>
internal sealed class LoweredNetwork(NetworkGraph graph)
{
    /// <summary>The graph that it was lowered from; says what the host does.</summary>
    public NetworkGraph Graph { get; } = graph;

    public List<LoweredOperator> Operators { get; } = [];

    public List<LoweredTensor> Inputs { get; } = [];

    public List<LoweredTensor> Outputs { get; } = [];

    public List<StatePiece> State { get; } = [];

    public int StateBytes { get; set; }

    /// <summary>The size of the arena; set by the planner.</summary>
    public int ArenaBytes { get; set; }

    /// <summary>Every tensor once, in order of first use.</summary>
    public IReadOnlyList<LoweredTensor> Tensors()
    {
        HashSet<LoweredTensor> seen = [];
        List<LoweredTensor> tensors = [];
        IEnumerable<LoweredTensor?> all = Inputs.Concat(Operators.SelectMany(op => op.Inputs.Concat(op.Outputs).Concat(op.Scratch))).Concat(Outputs);
        foreach (LoweredTensor? tensor in all)
        {
            if (tensor is not null && seen.Add(tensor))
            {
                tensors.Add(tensor);
            }
        }

        return tensors;
    }
}
