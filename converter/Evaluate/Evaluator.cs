using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>Runs samples through a network and measures how well it does, and how far it agrees with another.</summary>
internal sealed class Evaluator
{
    private readonly Subject _subject;
    private readonly SampleSet _samples;
    private readonly EvaluationOptions _options;
    private readonly Metric? _metric;
    private readonly Classification? _classification;
    private readonly Regression? _regression;
    private readonly double[] _scores;
    private readonly float[]?[] _outputs;

    private Evaluator(Subject subject, SampleSet samples, EvaluationOptions options, Metric? metric)
    {
        _subject = subject;
        _samples = samples;
        _options = options;
        _metric = metric;
        _classification = metric == Metric.Accuracy ? new Classification(subject.Outputs[0].ElementCount, options.TopK) : null;
        _regression = metric == Metric.Regression ? new Regression(subject.Outputs[0].ElementCount) : null;
        _scores = metric == Metric.Auc ? new double[samples.Count] : [];
        _outputs = new float[samples.Count][];
    }

    /// <summary>Evaluates a network.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="samples">The samples, with labels or targets where something is to be measured.</param>
    /// <param name="options">What is measured, and how.</param>
    /// <param name="against">A network whose outputs the first one's are compared with; null for none.</param>
    /// <exception cref="EvaluationException">Networks, samples and labels do not fit together.</exception>
    public static Evaluation Run(Subject subject, SampleSet samples, EvaluationOptions options, Subject? against = null)
    {
        SubjectCheck.RequireFit(subject, samples);
        Metric? metric = options.Metric ?? MetricChoice.Of(subject, samples);
        if (metric is Metric measured)
        {
            MetricChoice.Require(measured, subject, samples);
        }

        if (against is not null)
        {
            SubjectCheck.RequireAlike(against, subject);
        }

        return new Evaluator(subject, samples, options, metric).Run(against);
    }

    private Evaluation Run(Subject? against)
    {
        AgreementCount? agreement = against is null ? null : new AgreementCount(against, _subject, OutputKinds.Of(_subject, _metric));
        Subject[] subjects = against is null ? [_subject] : [_subject, against];
        RecordLoop.Run(
            subjects,
            _samples,
            observed: false,
            (record, runs) =>
            {
                Look(record, runs[0].Output(0));
                return agreement?.Measure(_samples.Inputs[record][0], runs[1], runs[0]);
            },
            (record, measured) =>
            {
                Take(record);
                if (measured is AgreementCount.Record value)
                {
                    agreement!.Add(value);
                }
            },
            _options.Progress,
            _options.Cancellation);
        return new Evaluation(
            _subject.Name,
            _subject.Form,
            _samples.Source,
            _samples.Count,
            _metric,
            _classification?.Figures(),
            _metric == Metric.Auc ? Anomaly() : null,
            _regression?.Figures(),
            agreement?.Figures());
    }

    /// <summary>Keeps what is needed of a record's output until its turn comes; from any thread.</summary>
    private void Look(int record, ReadOnlySpan<float> output)
    {
        if (_metric == Metric.Auc)
        {
            _scores[record] = output.Length == 1 ? output[0] : ReconstructionError.Of(_samples.Inputs[record][0], output);
        }
        else if (_metric is not null)
        {
            _outputs[record] = output.ToArray();
        }
    }

    /// <summary>Adds a record; in their order.</summary>
    private void Take(int record)
    {
        _classification?.Add(_samples.Labels![record], _outputs[record]);
        _regression?.Add(_outputs[record], _samples.Targets![record]);
        _outputs[record] = null;
    }

    private AnomalyFigures Anomaly()
    {
        const double PartialRate = 0.1;
        int together = _options.RecordsPerScore;
        double[] scores = [.. _scores.Chunk(together).Select(chunk => chunk.Average())];
        bool[] positive = [.. _samples.Labels!.Chunk(together).Select((chunk, i) => IsPositive(chunk, i * together))];
        int positives = positive.Count(item => item);
        if (positives == 0 || positives == positive.Length)
        {
            throw new EvaluationException($"All {positive.Length} scores are of one label: an area under the curve needs both normal (0) and abnormal (1) ones.");
        }

        return new AnomalyFigures(
            _samples.Count,
            scores.Length,
            positives,
            _subject.Outputs[0].ElementCount == 1 ? AnomalyScore.Output : AnomalyScore.ReconstructionError,
            AreaUnderCurve.Of(scores, positive),
            AreaUnderCurve.Partial(scores, positive, PartialRate),
            PartialRate);
    }

    private bool IsPositive(int[] labels, int first)
    {
        return Array.TrueForAll(labels, label => label == labels[0])
            ? labels[0] == 1
            : throw new EvaluationException(
                $"Records {first} to {first + labels.Length - 1} of {_samples.Source} make one score and have both labels: {_options.RecordsPerScore} records in a row must belong together.");
    }
}
