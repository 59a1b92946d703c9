namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>The rule of the decision section, written down as plainly as possible: it keeps all scores and votes ever.</summary>
internal sealed class PlainDecision(int average, int votes, int needed, int suppression, int[] thresholds, int[] releases, bool[] quiet)
{
    private readonly List<int[]> _scores = [];
    private readonly List<int> _votes = [];
    private int _label = -1;
    private int? _lastEvent;

    public (int Label, int Score, bool Raised) Decide(int[] scores)
    {
        _scores.Add(scores);
        int[] averages = [.. scores.Select((_, label) => (_scores.TakeLast(average).Sum(row => row[label]) + (average / 2)) / average)];
        int best = Array.IndexOf(averages, averages.Max());
        _votes.Add(averages[best] >= (best == _label ? releases[best] : thresholds[best]) ? best : -1);
        int before = _label;
        _label = Enumerable.Range(0, scores.Length).Where(label => _votes.TakeLast(votes).Count(vote => vote == label) >= needed).DefaultIfEmpty(-1).First();
        bool isNew = _label >= 0 && _label != before && !quiet[_label];
        bool raised = isNew && (_lastEvent is null || _votes.Count - _lastEvent > suppression);
        _lastEvent = raised ? _votes.Count : _lastEvent;
        return (_label, _label < 0 ? averages[best] : averages[_label], raised);
    }
}
