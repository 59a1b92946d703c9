using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Deciding;

/// <summary>The decision section: labels, and how scores become one of them.</summary>
internal sealed class DecisionSettings
{
    private readonly FileSection _section;

    /// <summary>Reads the section and checks every field.</summary>
    /// <exception cref="ModelFormatException">The section is absent, or a field is out of range.</exception>
    internal DecisionSettings(ModelFile file)
    {
        _section = file.Require(SectionKind.Decision, "decision", ModelLayout.DecisionLabels);
        LabelCount = _section.UInt16(ModelLayout.DecisionLabelCount);
        Require("number of labels", LabelCount, 1, ModelLayout.MaximumLabels);
        Output = _section.UInt16(ModelLayout.DecisionOutput);
        Average = Field(ModelLayout.DecisionAverage, "number of averaged scores", 1, ModelLayout.MaximumDecisionWindow);
        Votes = Field(ModelLayout.DecisionVotes, "number of votes", 1, ModelLayout.MaximumDecisionWindow);
        VotesNeeded = Field(ModelLayout.DecisionVotesNeeded, "number of votes needed", (Votes / 2) + 1, Votes);
        Suppression = Field(ModelLayout.DecisionSuppression, "suppression", 0, int.MaxValue);
        ZeroPoint = Field(ModelLayout.DecisionZeroPoint, "zero point of the scores", short.MinValue, ushort.MaxValue);
        Multiplier = Field(ModelLayout.DecisionMultiplier, "multiplier of the scores", 0, int.MaxValue);
        Shift = Field(ModelLayout.DecisionShift, "shift of the scores", -31, 30);
        int end = ModelLayout.DecisionLabels + (LabelCount * ModelLayout.DecisionLabelBytes);
        Require("length of the decision section", _section.Length, end, int.MaxValue);
        for (int i = 0; i < LabelCount; i++)
        {
            int threshold = LabelField(i, ModelLayout.DecisionThreshold);
            Require("threshold of a label", threshold, 0, ModelLayout.FullScore);
            Require("release threshold of a label", Release(i), 0, threshold);
            Require("flags of a label", LabelField(i, ModelLayout.DecisionFlags), 0, 1);
            int offset = LabelField(i, ModelLayout.DecisionTextOffset);
            Require("offset of a label's text", offset, end, _section.Length);
            Require("length of a label's text", LabelField(i, ModelLayout.DecisionTextLength), 0, _section.Length - offset);
        }
    }

    internal int LabelCount { get; }

    /// <summary>Which of the network's outputs holds the scores.</summary>
    internal int Output { get; }

    /// <summary>Scores of so many inferences are averaged.</summary>
    internal int Average { get; }

    /// <summary>m of n of m.</summary>
    internal int Votes { get; }

    /// <summary>n of n of m: more than half.</summary>
    internal int VotesNeeded { get; }

    /// <summary>Inferences after an event in which no other is raised.</summary>
    internal int Suppression { get; }

    internal int ZeroPoint { get; }

    internal int Multiplier { get; }

    internal int Shift { get; }

    internal int Threshold(int label)
    {
        return LabelField(label, ModelLayout.DecisionThreshold);
    }

    /// <summary>A label that holds goes on holding down to this score.</summary>
    internal int Release(int label)
    {
        return LabelField(label, ModelLayout.DecisionRelease);
    }

    /// <summary>True if the label is no event: silence, background.</summary>
    internal bool IsQuiet(int label)
    {
        return LabelField(label, ModelLayout.DecisionFlags) == 1;
    }

    /// <summary>The label's text.</summary>
    /// <exception cref="ModelFormatException">It is not valid UTF-8.</exception>
    internal string Text(int label)
    {
        return Utf8.Text(_section, LabelField(label, ModelLayout.DecisionTextOffset), LabelField(label, ModelLayout.DecisionTextLength));
    }

    private static void Require(string field, int found, int minimum, int maximum)
    {
        if (found < minimum || found > maximum)
        {
            throw ModelFile.Error(field, found, minimum, maximum);
        }
    }

    private int Field(int offset, string name, int minimum, int maximum)
    {
        int value = _section.Int32(offset);
        Require(name, value, minimum, maximum);
        return value;
    }

    private int LabelField(int label, int field)
    {
        return _section.Int32(ModelLayout.DecisionLabels + (label * ModelLayout.DecisionLabelBytes) + field);
    }
}
