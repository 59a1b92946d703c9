namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>Counts how often labels have the highest scores. One thread at a time.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="k">How many of the highest scores count as well.</param>
internal sealed class Classification(int classes, int k)
{
    private readonly int[][] _confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
    private readonly int[] _belong = new int[classes];
    private int _records;
    private int _amongK;

    /// <summary>Adds a record.</summary>
    /// <param name="label">Its class.</param>
    /// <param name="scores">A score for each class.</param>
    public void Add(int label, ReadOnlySpan<float> scores)
    {
        _records++;
        _belong[label]++;
        _amongK += Ranking.PlaceOf(label, scores) < k ? 1 : 0;
        int best = Ranking.Best(scores);
        if (best >= 0)
        {
            _confusion[label][best]++;
        }
    }

    /// <summary>What came of it.</summary>
    public ClassificationFigures Figures()
    {
        ClassFigures[] perClass = [.. Enumerable.Range(0, classes).Select(Of)];
        int right = Enumerable.Range(0, classes).Sum(i => _confusion[i][i]);
        return new ClassificationFigures(
            _records,
            Share(right, _records),
            k,
            Share(_amongK, _records),
            perClass.Where(figures => figures.Records > 0).Select(figures => figures.F1).DefaultIfEmpty().Average(),
            _records - _confusion.Sum(row => row.Sum()),
            perClass,
            _confusion);
    }

    private ClassFigures Of(int i)
    {
        int predicted = _confusion.Sum(row => row[i]);
        double precision = Share(_confusion[i][i], predicted);
        double recall = Share(_confusion[i][i], _belong[i]);
        return new ClassFigures(i, _belong[i], predicted, precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    private static double Share(int part, int whole)
    {
        return whole == 0 ? 0 : (double)part / whole;
    }
}
