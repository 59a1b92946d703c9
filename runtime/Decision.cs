namespace EdgeQuant.Runtime;

/// <summary>What was decided after an inference.</summary>
public readonly struct Decision
{
    internal Decision(int label, int score, bool raised, long samples)
    {
        Label = label;
        Score = score;
        Raised = raised;
        Samples = samples;
    }

    /// <summary>The label's index; -1 if no label is sure enough ("unknown").</summary>
    public int Label { get; }

    /// <summary>The averaged score, 0 to 32768 standing for 0 to 1: of the label; where there is none, of the one with the most.</summary>
    public int Score { get; }

    /// <summary>True for a new event: the label is another than before, is not a quiet one, and the last event is long enough ago.</summary>
    public bool Raised { get; }

    /// <summary>Samples taken since the start or the last reset, up to the one that made the inference due.</summary>
    public long Samples { get; }
}
