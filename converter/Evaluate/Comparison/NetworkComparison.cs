using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>Where two versions of a network part.</summary>
/// <param name="First">The version that is the measure.</param>
/// <param name="FirstForm">How it was executed.</param>
/// <param name="Second">The version that is compared with it.</param>
/// <param name="SecondForm">How it was executed.</param>
/// <param name="Samples">Where the samples came from.</param>
/// <param name="Records">The number of samples.</param>
/// <param name="Layers">The tensors that both have, in the first version's order of execution.</param>
/// <param name="Unmatched">Tensors of the first version that the second does not have under a name of its.</param>
/// <param name="Note">Why there is nothing to see between inputs and outputs; null where there is.</param>
/// <param name="LimitDecibels">The signal-to-quantization-noise ratio below which a layer counts as bad.</param>
/// <param name="FirstBad">The position in <paramref name="Layers"/> of the first that is bad; null if none is.</param>
/// <param name="Steepest">The position of the one whose operator adds most noise, by the fall of the ratio; null where that is not known.</param>
/// <param name="Outputs">How far the outputs agree.</param>
internal sealed record NetworkComparison(
    string First,
    SubjectForm FirstForm,
    string Second,
    SubjectForm SecondForm,
    string Samples,
    int Records,
    IReadOnlyList<LayerDifference> Layers,
    int Unmatched,
    string? Note,
    double LimitDecibels,
    int? FirstBad,
    int? Steepest,
    Agreement Outputs);
