namespace EdgeQuant.Converter.Report;

/// <summary>How the outputs of a model file compare with those that are expected, byte for byte.</summary>
/// <param name="Records">The records that were run.</param>
/// <param name="ResetEvery">The state was reset before every so many records; 0 for never between records.</param>
/// <param name="ComparedBytes">Bytes of all outputs of all records.</param>
/// <param name="Matches">True if every byte is as expected.</param>
/// <param name="DifferentRecords">Records with at least one different byte.</param>
/// <param name="DifferentElements">Elements with at least one different byte.</param>
/// <param name="DifferentBytes">Bytes that differ.</param>
/// <param name="LargestDifference">The largest distance between an element and what is expected there, in the output's own numbers.</param>
/// <param name="First">Where they first differ; null if they match.</param>
internal sealed record VerificationReport(
    int Records,
    int ResetEvery,
    long ComparedBytes,
    bool Matches,
    int DifferentRecords,
    long DifferentElements,
    long DifferentBytes,
    double LargestDifference,
    ElementDifference? First);
