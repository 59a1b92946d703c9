namespace EdgeQuant.Conformance.Tests.Mixed;

internal enum ProductKind
{
    Convolution,
    Depthwise,
    FullyConnected,
}
