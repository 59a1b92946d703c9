namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>What the first output of a network is, which decides what can be measured of it.</summary>
internal enum OutputKind
{
    /// <summary>Numbers that mean something each: a regression.</summary>
    Values,

    /// <summary>A row of scores, one for each class.</summary>
    Scores,

    /// <summary>The network's first input, reproduced: the distance of both is an anomaly score.</summary>
    Reconstruction,
}
