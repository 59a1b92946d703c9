namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>How weights are stored.</summary>
internal enum WeightForm
{
    Int8,
    Int4,
    Shared,
}
