namespace EdgeQuant.Converter.Report;

/// <summary>An element that is not as expected.</summary>
/// <param name="Record">The record, from 0.</param>
/// <param name="Output">The output's position.</param>
/// <param name="Tensor">Name, type and shape of the output.</param>
/// <param name="Element">The element's position in the output, row-major.</param>
/// <param name="Coordinates">The same along each dimension.</param>
/// <param name="Found">What the model gives.</param>
/// <param name="Expected">What is expected.</param>
internal sealed record ElementDifference(
    int Record,
    int Output,
    string Tensor,
    int Element,
    IReadOnlyList<int> Coordinates,
    double Found,
    double Expected);
