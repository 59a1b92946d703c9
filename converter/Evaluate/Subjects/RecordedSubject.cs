using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>What a network made of some samples, kept so that it need not run again: it knows those samples only.</summary>
internal sealed class RecordedSubject : Subject
{
    private readonly Dictionary<float[][], float[][]> _outputs;

    private RecordedSubject(Subject original, Dictionary<float[][], float[][]> outputs)
        : base(original.Name, original.Form)
    {
        Inputs = original.Inputs;
        SampleInputs = original.SampleInputs;
        SampleOutput = original.SampleOutput;
        Outputs = original.Outputs;
        EndsInSoftmax = original.EndsInSoftmax;
        _outputs = outputs;
    }

    public override IReadOnlyList<SubjectTensor> Inputs { get; }

    public override IReadOnlyList<SampleInput> SampleInputs { get; }

    public override SampleInput SampleOutput { get; }

    public override IReadOnlyList<SubjectTensor> Outputs { get; }

    public override IReadOnlyList<SubjectTensor> Inner => [];

    public override bool EndsInSoftmax { get; }

    public override bool HasState => false;

    /// <summary>Runs a network once and keeps its outputs.</summary>
    public static RecordedSubject Of(Subject original, SampleSet samples, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        Dictionary<float[][], float[][]> outputs = new(ReferenceEqualityComparer.Instance);
        RecordLoop.Run(
            [original],
            samples,
            observed: false,
            (_, runs) => Enumerable.Range(0, original.Outputs.Count).Select(i => runs[0].Output(i).ToArray()).ToArray(),
            (record, values) => outputs[samples.Inputs[record]] = values,
            progress,
            cancellation);
        return new RecordedSubject(original, outputs);
    }

    public override SubjectRun NewRun(bool observed)
    {
        return new RecordedRun(_outputs);
    }

    private sealed class RecordedRun(Dictionary<float[][], float[][]> outputs) : SubjectRun
    {
        private float[][] _current = [];

        public override void Run(float[][] inputs)
        {
            _current = outputs[inputs];
        }

        public override ReadOnlySpan<float> Output(int index)
        {
            return _current[index];
        }

        public override ReadOnlySpan<float> Inner(int index)
        {
            throw new InvalidOperationException("Nothing between inputs and outputs was kept.");
        }

        public override void Reset()
        {
            // There is no state: what was made of each record is known.
        }
    }
}
