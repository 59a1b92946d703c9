using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>Runs samples through two versions of a network and compares every tensor that both have.</summary>
internal sealed class Comparer
{
    private readonly Subject _first;
    private readonly Subject _second;
    private readonly IReadOnlyList<TensorMatch> _matches;
    private readonly float[] _tolerances;

    private Comparer(Subject first, Subject second)
    {
        _first = first;
        _second = second;
        _matches = TensorMatch.Find(first.Inner, second.Inner);
        _tolerances = [.. _matches.Select(match => AgreementCount.Tolerance(first.Inner[match.First], second.Inner[match.Second]))];
    }

    /// <summary>Compares two versions of a network.</summary>
    /// <param name="first">The version that is the measure.</param>
    /// <param name="second">The version that is compared with it.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="limitDecibels">The signal-to-quantization-noise ratio below which a layer counts as bad.</param>
    /// <param name="progress">Told how many records are done; from several threads.</param>
    /// <param name="cancellation">Ends the comparison between two records.</param>
    /// <exception cref="EvaluationException">They are no versions of one network, or the samples do not fit.</exception>
    public static NetworkComparison Run(
        Subject first, Subject second, SampleSet samples, double limitDecibels, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        SubjectCheck.RequireAlike(first, second);
        SubjectCheck.RequireFit(first, samples);
        return new Comparer(first, second).Run(samples, limitDecibels, progress, cancellation);
    }

    private NetworkComparison Run(SampleSet samples, double limit, IProgress<int>? progress, CancellationToken cancellation)
    {
        AgreementCount outputs = new(_first, _second, OutputKinds.Of(_first));
        Difference[] totals = new Difference[_matches.Count];
        RecordLoop.Run(
            [_first, _second],
            samples,
            observed: true,
            (record, runs) => (Inner: Measure(runs[0], runs[1]), Outputs: outputs.Measure(samples.Inputs[record][0], runs[0], runs[1])),
            (_, measured) =>
            {
                outputs.Add(measured.Outputs);
                for (int i = 0; i < totals.Length; i++)
                {
                    totals[i] += measured.Inner[i];
                }
            },
            progress,
            cancellation);
        LayerDifference[] layers = Layers(totals);
        return new NetworkComparison(
            _first.Name,
            _first.Form,
            _second.Name,
            _second.Form,
            samples.Source,
            samples.Count,
            layers,
            _first.Inner.Count - _matches.Count,
            Note(),
            limit,
            PositionOf(Array.FindIndex(layers, layer => layer.Values.Decibels < limit)),
            Steepest(layers),
            outputs.Figures());
    }

    private Difference[] Measure(SubjectRun first, SubjectRun second)
    {
        Difference[] differences = new Difference[_matches.Count];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = Difference.Of(first.Inner(_matches[i].First), second.Inner(_matches[i].Second), _tolerances[i]);
        }

        return differences;
    }

    private LayerDifference[] Layers(Difference[] totals)
    {
        Dictionary<int, double> ratios = _matches.Select((match, i) => (match.First, totals[i].Decibels)).ToDictionary(pair => pair.First, pair => pair.Decibels);
        return
        [
            .. _matches.Select((match, i) =>
            {
                SubjectTensor tensor = _first.Inner[match.First];
                return new LayerDifference(tensor.Operator, TensorAgreement.Of(tensor, totals[i]), Fall(tensor, ratios, totals[i].Decibels));
            }),
        ];
    }

    private static double? Fall(SubjectTensor tensor, Dictionary<int, double> ratios, double own)
    {
        double[] sources = [.. tensor.Sources.Where(ratios.ContainsKey).Select(source => ratios[source])];
        double lowest = sources.DefaultIfEmpty(double.PositiveInfinity).Min();
        return double.IsFinite(lowest) && double.IsFinite(own) ? lowest - own : null;
    }

    private static int? Steepest(LayerDifference[] layers)
    {
        int steepest = -1;
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].Fall is double fall && fall > 0 && (steepest < 0 || fall > layers[steepest].Fall))
            {
                steepest = i;
            }
        }

        return PositionOf(steepest);
    }

    private string? Note()
    {
        Subject? blind = new[] { _first, _second }.FirstOrDefault(subject => subject.Inner.Count == 0);
        return _matches.Count > 0
            ? null
            : blind is { Form: SubjectForm.Packed }
                ? $"{blind.Name} kept no names of tensors, so only outputs can be compared. Convert it with --keep-names."
                : "The two have no names of tensors in common, so only outputs can be compared.";
    }

    private static int? PositionOf(int index)
    {
        return index < 0 ? null : index;
    }
}
