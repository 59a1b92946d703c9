namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>What a record's score is.</summary>
internal enum AnomalyScore
{
    /// <summary>The mean squared difference between the network's input and its output, which is to reproduce it.</summary>
    ReconstructionError,

    /// <summary>The network's one output value.</summary>
    Output,
}
