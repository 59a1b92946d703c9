namespace EdgeQuant.Firmware;

/// <summary>One decision, as it goes to GPIO, to the log and to the broker.</summary>
/// <param name="Time">When it was made.</param>
/// <param name="Label">The label's index in the model, or -1 where the model is not sure of any.</param>
/// <param name="LabelText">The label's name; <see cref="UnknownText"/> where there is none.</param>
/// <param name="Score">How sure the model is: 0 to 1.</param>
/// <param name="Raised">The label has just come up; false while it goes on.</param>
/// <param name="Latency">From the arrival of the last sample that it rests on until it was made.</param>
/// <param name="Sample">The number of samples that the model had taken since it was loaded.</param>
public readonly record struct DecisionRecord(DateTimeOffset Time, int Label, string LabelText, float Score, bool Raised, TimeSpan Latency, long Sample)
{
    /// <summary>The text of a decision for none of the labels.</summary>
    public const string UnknownText = "unknown";
}
