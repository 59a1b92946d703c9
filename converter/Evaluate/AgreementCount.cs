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
    private readonly bool _ranked;
    private int _records;
    private int _same;

    /// <param name="reference">The network whose outputs are what they should be.</param>
    /// <param name="other">The network that is compared with it; of the same inputs and outputs.</param>
    public AgreementCount(Subject reference, Subject other)
    {
        _reference = reference;
        _tolerances = [.. reference.Outputs.Zip(other.Outputs, Tolerance)];
        _outputs = new Difference[reference.Outputs.Count];
        int[] shape = reference.Outputs[0].Shape;
        _ranked = shape.Length > 0 && shape[^1] > 1 && shape[^1] == reference.Outputs[0].ElementCount;
    }

    /// <summary>The distance up to which two values may be equal but for quantization: half a step of the coarser tensor.</summary>
    public static float Tolerance(SubjectTensor first, SubjectTensor second)
    {
        // A little more, because steps are multiplied with scales in single precision.
        const float Half = 0.50001f;
        return Half * Math.Max(first.Scale, second.Scale);
    }

    /// <summary>Compares a record's outputs; from any thread.</summary>
    public Record Measure(SubjectRun reference, SubjectRun other)
    {
        Difference[] differences = new Difference[_outputs.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = Difference.Of(reference.Output(i), other.Output(i), _tolerances[i]);
        }

        return new Record(differences, _ranked && Ranking.Best(reference.Output(0)) == Ranking.Best(other.Output(0)));
    }

    /// <summary>Adds what was measured of a record; one thread at a time.</summary>
    public void Add(Record record)
    {
        _records++;
        _same += record.SameTop1 ? 1 : 0;
        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs[i] += record.Outputs[i];
        }
    }

    /// <summary>What came of it.</summary>
    public Agreement Figures()
    {
        double? same = _ranked && _records > 0 ? (double)_same / _records : null;
        return new Agreement(_reference.Name, _records, same, [.. _reference.Outputs.Select((tensor, i) => TensorAgreement.Of(tensor, _outputs[i]))]);
    }

    /// <param name="Outputs">The distances of each output.</param>
    /// <param name="SameTop1">True if the highest scores are at the same place.</param>
    internal readonly record struct Record(Difference[] Outputs, bool SameTop1);
}
