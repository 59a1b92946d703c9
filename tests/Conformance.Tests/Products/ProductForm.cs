namespace EdgeQuant.Conformance.Tests.Products;

internal enum ProductForm
{
    Convolution,
    GroupedConvolution,
    DepthwiseConvolution,
    MultipliedDepthwiseConvolution,
    TransposedConvolution,
    FullyConnected,
    MatrixProduct,
}
