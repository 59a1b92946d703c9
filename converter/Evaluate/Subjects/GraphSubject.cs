using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A network as a graph, executed with real numbers: a float one, or a quantized one simulated.</summary>
internal sealed class GraphSubject : Subject
{
    private readonly FloatExecutor _executor;
    private readonly Tensor[] _inner;
    private readonly Tensor[] _outputs;

    /// <param name="name">What to call it.</param>
    /// <param name="executor">The network.</param>
    /// <param name="form">Float or simulated.</param>
    /// <param name="names">The names to go by; a tensor that is not in it goes by its own.</param>
    /// <param name="outputs">The tensors to look at as outputs; null for the network's.</param>
    public GraphSubject(string name, FloatExecutor executor, SubjectForm form, IReadOnlyDictionary<Tensor, string>? names = null, IReadOnlyList<Tensor>? outputs = null)
        : base(name, form)
    {
        _executor = executor;
        NetworkGraph graph = executor.Graph;
        _outputs = [.. outputs ?? graph.Outputs];
        (Tensor Tensor, Node Node)[] written =
        [
            .. graph.Nodes.SelectMany(node => node.Outputs.Select(tensor => (tensor, node))).Where(pair => !pair.tensor.IsConstant && !pair.tensor.IsState).DistinctBy(pair => pair.tensor),
        ];
        _inner = [.. written.Select(pair => pair.Tensor)];
        Dictionary<Tensor, int> positions = _inner.Select((tensor, i) => (tensor, i)).ToDictionary(pair => pair.tensor, pair => pair.i);
        Inputs = [.. graph.Inputs.Select(Describe)];
        Outputs = [.. _outputs.Select(tensor => Describe(tensor) with { Scale = ScaleOf(Integers(graph, tensor)) })];
        Inner =
        [
            .. written.Select(pair => Describe(pair.Tensor) with
            {
                Operator = pair.Node.Operation.Name,
                Sources = [.. pair.Node.Inputs.OfType<Tensor>().Where(positions.ContainsKey).Select(tensor => positions[tensor])],
            }),
        ];

        SubjectTensor Describe(Tensor tensor)
        {
            return new SubjectTensor(names?.GetValueOrDefault(tensor) ?? tensor.Name, tensor.Shape, ScaleOf(tensor));
        }
    }

    public override IReadOnlyList<SubjectTensor> Inputs { get; }

    public override IReadOnlyList<SampleInput> SampleInputs => SampleInput.AllOf(Graph);

    public override SampleInput SampleOutput => SampleInput.Of(Graph.Outputs[0]);

    public override IReadOnlyList<SubjectTensor> Outputs { get; }

    public override IReadOnlyList<SubjectTensor> Inner { get; }

    public override bool EndsInSoftmax =>
        Graph.Nodes.Concat(Graph.HostAfter).LastOrDefault(node => node.Operation is not (Quantize or Dequantize or Reshape)) is { Operation: Softmax or LogSoftmax };

    public override bool HasState => _executor.HasState;

    /// <summary>The network.</summary>
    public NetworkGraph Graph => _executor.Graph;

    public override SubjectRun NewRun(bool observed)
    {
        return new GraphRun(_executor, _inner, _outputs);
    }

    /// <summary>The tensor whose integers an output's real numbers were; the output itself if they were none.</summary>
    private static Tensor Integers(NetworkGraph graph, Tensor output)
    {
        return graph.Nodes.Concat(graph.HostAfter).FirstOrDefault(node => node.Operation is Dequantize && node.Outputs.Contains(output))?.Input(0) ?? output;
    }

    private static float ScaleOf(Tensor tensor)
    {
        return tensor.Quantization is { IsPerChannel: false } quantization ? quantization.Scale : 0;
    }

    private sealed class GraphRun(FloatExecutor executor, Tensor[] inner, Tensor[] outputs) : SubjectRun
    {
        private readonly FloatWorkspace _workspace = executor.NewWorkspace();

        public override void Run(float[][] inputs)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i].CopyTo(_workspace[executor.Graph.Inputs[i]]);
            }

            executor.Run(_workspace);
        }

        public override ReadOnlySpan<float> Output(int index)
        {
            return _workspace[outputs[index]];
        }

        public override ReadOnlySpan<float> Inner(int index)
        {
            return _workspace[inner[index]];
        }

        public override void Reset()
        {
            executor.Reset(_workspace);
        }
    }
}
