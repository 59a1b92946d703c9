using System.Security.Cryptography;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host;

/// <summary>Makes the model card of a graph after all passes.</summary>
internal sealed class ModelCardMaker
{
    private readonly NetworkGraph _graph;
    private readonly List<HostTensor> _tensors = [];
    private readonly Dictionary<Tensor, int> _positions = [];

    private ModelCardMaker(NetworkGraph graph)
    {
        _graph = graph;
    }

    /// <summary>Makes the card.</summary>
    /// <param name="graph">The graph after all passes.</param>
    /// <param name="source">The bytes of the source file.</param>
    /// <param name="sourceName">The name of the source file.</param>
    /// <param name="importer">The format that it was read as.</param>
    /// <exception cref="UnsupportedNetworkException">Inputs or outputs of the network that a host cannot hold, all of them.</exception>
    public static ModelCard Make(NetworkGraph graph, ReadOnlySpan<byte> source, string sourceName, string importer)
    {
        ModelCardMaker maker = new(graph);
        int[] inputs = maker.Positions(graph.Inputs);
        HostStep[] before = maker.Steps(graph.HostBefore);
        int[] deviceInputs = maker.Positions(graph.DeviceInputs());
        int[] deviceOutputs = maker.Positions(graph.DeviceOutputs());
        HostStep[] after = maker.Steps(graph.HostAfter);
        int[] outputs = maker.Positions(graph.Outputs);
        maker.Refuse();
        return new ModelCard
        {
            Source = new CardSource { File = sourceName, Sha256 = Convert.ToHexStringLower(SHA256.HashData(source)), Importer = importer },
            Tool = typeof(ModelCardMaker).Assembly.GetName().Version!.ToString(3),
            Tensors = [.. maker._tensors],
            Inputs = inputs,
            Outputs = outputs,
            DeviceInputs = deviceInputs,
            DeviceOutputs = deviceOutputs,
            Before = before,
            After = after,
        };
    }

    private HostStep[] Steps(IEnumerable<Node> nodes)
    {
        return [.. nodes.Select(node => HostSteps.Of(node, Position) ?? throw new InvalidOperationException($"The host cannot execute {node.Source}."))];
    }

    private int[] Positions(IEnumerable<Tensor> tensors)
    {
        return [.. tensors.Select(Position)];
    }

    private int Position(Tensor tensor)
    {
        if (!_positions.TryGetValue(tensor, out int position))
        {
            position = _tensors.Count;
            _positions.Add(tensor, position);
            _tensors.Add(HostSteps.TensorOf(tensor, named: _graph.Inputs.Contains(tensor) || _graph.Outputs.Contains(tensor)));
        }

        return position;
    }

    /// <summary>Lowering refuses what the device cannot hold; here remains what only passes the host.</summary>
    private void Refuse()
    {
        List<Refusal> refusals = [];
        foreach ((Tensor tensor, int position) in _positions)
        {
            if (HostTensorCheck.Explain(_tensors[position]) is string problem)
            {
                refusals.Add(new Refusal("inputs and outputs of the network", [tensor.ToString()], $"The host cannot hold this tensor: {problem}", "Remove it from the source network."));
            }
        }

        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }
    }
}
