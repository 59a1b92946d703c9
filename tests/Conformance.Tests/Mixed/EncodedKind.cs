namespace EdgeQuant.Conformance.Tests.Mixed;

internal enum EncodedKind
{
    TransposedConvolution,
    Lstm,
    Svdf,
}
