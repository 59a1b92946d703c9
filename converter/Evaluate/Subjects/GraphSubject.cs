using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A network as a graph, executed with real numbers: a float one, or a quantized one simulated.</summary>
internal sealed class GraphSubject : Subject
{
    private readonly FloatExecutor _executor;
    private readonly Tensor[] _inner;

    /// <param name="name">What to call it.</param>
    /// <param name="executor">The network.</param>
    /// <param name="form">Float or simulated.</param>
    /// <param name="names">The names to go by; a tensor that is not in it goes by its own.</param>
    public GraphSubject(string name, FloatExecutor executor, SubjectForm form, IReadOnlyDictionary<Tensor, string>? names = null)
        : base(name, form)
    {
        _executor = executor;
        NetworkGraph graph = executor.Graph;
        (Tensor Tensor, Node Node)[] written =
        [
            .. graph.Nodes.SelectMany(node => node.Outputs.Select(tensor => (tensor, node))).Where(pair => !pair.tensor.IsConstant && !pair.tensor.IsState).DistinctBy(pair => pair.tensor),
        ];
        _inner = [.. written.Select(pair => pair.Tensor)];
        Dictionary<Tensor, int> positions = _inner.Select((tensor, i) => (tensor, i)).ToDictionary(pair => pair.tensor, pair => pair.i);
        Inputs = [.. graph.Inputs.Select(Describe)];
        Outputs = [.. graph.Outputs.Select(Describe)];
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
            float scale = tensor.Quantization is { IsPerChannel: false } quantization ? quantization.Scale : 0;
            return new SubjectTensor(names?.GetValueOrDefault(tensor) ?? tensor.Name, tensor.Shape, scale);
        }
    }

    public override IReadOnlyList<SubjectTensor> Inputs { get; }

    public override IReadOnlyList<SubjectTensor> Outputs { get; }

    public override IReadOnlyList<SubjectTensor> Inner { get; }

    public override bool HasState => _executor.HasState;

    /// <summary>The network.</summary>
    public NetworkGraph Graph => _executor.Graph;

    public override SubjectRun NewRun(bool observed)
    {
        return new GraphRun(_executor, _inner);
    }

    private sealed class GraphRun(FloatExecutor executor, Tensor[] inner) : SubjectRun
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
            return _workspace[executor.Graph.Outputs[index]];
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
