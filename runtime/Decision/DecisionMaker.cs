using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Deciding;

/// <summary>
/// Scores become one label: each score is averaged over the last inferences, the best one votes for its label if it reaches the label's
/// threshold (the label that holds: its release threshold), and a label with n of the last m votes holds.
/// </summary>
/// <remarks>Scores before the first inference count as 0, votes as none, so that an event needs as many inferences right after the start as later.</remarks>
internal sealed class DecisionMaker
{
    private const int None = -1;

    private readonly DecisionSettings _settings;
    private readonly TensorData _output;
    private readonly ElementType _type;
    private readonly int[] _scores;
    private readonly int[] _sums;
    private readonly int[] _votes;
    private int _scoreAt;
    private int _voteAt;
    private int _label;
    private int _quietFor;

    /// <summary>Allocates the memory of past scores and votes.</summary>
    internal DecisionMaker(DecisionSettings settings, TensorData output, ElementType type)
    {
        _settings = settings;
        _output = output;
        _type = type;
        _scores = new int[settings.Average * settings.LabelCount];
        _sums = new int[settings.LabelCount];
        _votes = new int[settings.Votes];
        Reset();
    }

    /// <summary>Decides on what the network's output holds now.</summary>
    internal Decision Decide(long samples)
    {
        AddScores();
        int best = Best();
        int average = Average(best);
        bool isSure = average >= (best == _label ? _settings.Release(best) : _settings.Threshold(best));
        _votes[_voteAt] = isSure ? best : None;
        _voteAt = _voteAt + 1 == _votes.Length ? 0 : _voteAt + 1;
        int before = _label;
        _label = Elected();
        bool isEvent = _label != None && _label != before && !_settings.IsQuiet(_label);
        bool raised = isEvent && _quietFor == 0;
        _quietFor = raised ? _settings.Suppression : _quietFor > 0 ? _quietFor - 1 : 0;
        return new Decision(_label, _label == None ? average : Average(_label), raised, samples);
    }

    /// <summary>The average of a label's last scores.</summary>
    internal int Average(int label)
    {
        return (_sums[label] + (_settings.Average / 2)) / _settings.Average;
    }

    /// <summary>Forgets all scores, votes and the last event.</summary>
    internal void Reset()
    {
        for (int i = 0; i < _scores.Length; i++)
        {
            _scores[i] = 0;
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] = 0;
        }

        for (int i = 0; i < _votes.Length; i++)
        {
            _votes[i] = None;
        }

        _scoreAt = 0;
        _voteAt = 0;
        _label = None;
        _quietFor = 0;
    }

    private void AddScores()
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            int scaled = Requantization.MultiplyByQuantizedMultiplier(Element(i) - _settings.ZeroPoint, _settings.Multiplier, _settings.Shift);
            int score = FixedPoint.Clamp(scaled, 0, ModelLayout.FullScore);
            _sums[i] += score - _scores[_scoreAt + i];
            _scores[_scoreAt + i] = score;
        }

        _scoreAt += _sums.Length;
        _scoreAt = _scoreAt == _scores.Length ? 0 : _scoreAt;
    }

    private int Element(int index)
    {
        if (_type == ElementType.Int16)
        {
            ReadOnlyInt16Vector elements = _output.Int16();
            return elements[index];
        }

        ReadOnlyInt8Vector bytes = _output.Int8();
        return _type == ElementType.UInt8 ? bytes[index] & 0xFF : bytes[index];
    }

    private int Best()
    {
        int best = 0;
        for (int i = 1; i < _sums.Length; i++)
        {
            best = _sums[i] > _sums[best] ? i : best;
        }

        return best;
    }

    /// <summary>The one label that can have the votes needed, since those are more than half of all.</summary>
    private int Elected()
    {
        for (int i = 0; i < _votes.Length; i++)
        {
            if (_votes[i] != None && Count(_votes[i]) >= _settings.VotesNeeded)
            {
                return _votes[i];
            }
        }

        return None;
    }

    private int Count(int label)
    {
        int count = 0;
        for (int i = 0; i < _votes.Length; i++)
        {
            count += _votes[i] == label ? 1 : 0;
        }

        return count;
    }
}
