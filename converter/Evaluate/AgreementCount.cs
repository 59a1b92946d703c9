using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>Counts how far the outputs of two networks agree.</summary>
internal sealed class AgreementCount
{
    private readonly Subject _reference;
    private readonly float[] _tolerances;
    private readonly Difference[] _outputs;
    private readonly OutputKind _kind;
    private readonly List<double> _referenceScores = [];
    private readonly List<double> _otherScores = [];
    private int _records;
    private int _same;

    /// <param name="reference">The network whose outputs are what they should be.</param>
    /// <param name="other">The network that is compared with it; of the same inputs and outputs.</param>
    /// <param name="kind">What the first output is.</param>
    public AgreementCount(Subject reference, Subject other, OutputKind kind)
    {
        _reference = reference;
        _tolerances = [.. reference.Outputs.Zip(other.Outputs, Tolerance)];
        _outputs = new Difference[reference.Outputs.Count];
        _kind = kind;
    }

    /// <summary>The distance up to which two values may be equal but for quantization: half a step of the coarser tensor.</summary>
    public static float Tolerance(SubjectTensor first, SubjectTensor second)
    {
        // A little more, because steps are multiplied with scales in single precision.
        const float Half = 0.50001f;
        return Half * Math.Max(first.Scale, second.Scale);
    }

    /// <summary>Compares a record's outputs; from any thread.</summary>
    /// <param name="input">The record's first input.</param>
    /// <param name="reference">What the first network made of the record.</param>
    /// <param name="other">What the other made of it.</param>
    public Record Measure(ReadOnlySpan<float> input, SubjectRun reference, SubjectRun other)
    {
        Difference[] differences = new Difference[_outputs.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = Difference.Of(reference.Output(i), other.Output(i), _tolerances[i]);
        }

        return _kind switch
        {
            OutputKind.Scores => new Record(differences) { SameTop1 = Ranking.Best(reference.Output(0)) == Ranking.Best(other.Output(0)) },
            OutputKind.Reconstruction => new Record(differences)
            {
                ReferenceScore = ReconstructionError.Of(input, reference.Output(0)),
                OtherScore = ReconstructionError.Of(input, other.Output(0)),
            },
            _ => new Record(differences),
        };
    }

    /// <summary>Adds what was measured of a record; one thread at a time.</summary>
    public void Add(Record record)
    {
        _records++;
        _same += record.SameTop1 ? 1 : 0;
        _referenceScores.Add(record.ReferenceScore);
        _otherScores.Add(record.OtherScore);
        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs[i] += record.Outputs[i];
        }
    }

    /// <summary>What came of it.</summary>
    public Agreement Figures()
    {
        double? same = _kind == OutputKind.Scores && _records > 0 ? (double)_same / _records : null;
        ScoreAgreement? scores = _kind == OutputKind.Reconstruction && _records > 0 ? Scores() : null;
        return new Agreement(_reference.Name, _records, same, scores, [.. _reference.Outputs.Select((tensor, i) => TensorAgreement.Of(tensor, _outputs[i]))]);
    }

    private ScoreAgreement Scores()
    {
        double largest = _referenceScores.Zip(_otherScores, (reference, other) => Math.Abs(reference - other)).Max();
        return new ScoreAgreement(_referenceScores.Average(), _otherScores.Average(), largest, RankCorrelation.Of([.. _referenceScores], [.. _otherScores]));
    }

    /// <param name="Outputs">The distances of each output.</param>
    internal readonly record struct Record(Difference[] Outputs)
    {
        /// <summary>True if the outputs are scores and the highest are at the same place.</summary>
        public bool SameTop1 { get; init; }

        /// <summary>The anomaly score of the network that is the measure; 0 where there is none.</summary>
        public double ReferenceScore { get; init; }

        /// <summary>The anomaly score of the other; 0 where there is none.</summary>
        public double OtherScore { get; init; }
    }
}
