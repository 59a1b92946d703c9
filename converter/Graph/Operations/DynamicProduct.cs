using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// A convolution, fully connected operator or matrix product whose results' scale is found while the network runs. Outputs: data (int8, without
/// quantization) and their scale (int32 [3], <see cref="DynamicScale"/>). Inputs: those of the product, its bias of real numbers; behind all that
/// it can have the scale of the data (of a matrix product: of left and right), absent where the data's own quantization holds.
/// </summary>
/// <param name="Product">
/// <see cref="Convolution2D"/>, <see cref="DepthwiseConvolution2D"/>, <see cref="FullyConnected"/> or <see cref="BatchMatrixProduct"/>.
/// </param>
/// <param name="Symmetric">True for a zero point of 0.</param>
internal sealed record DynamicProduct(Operation Product, bool Symmetric) : Operation
{
    public override string Name => "Dynamic" + Product.Name;

    /// <summary>The position of the first scale among the inputs.</summary>
    internal int FirstScale => Product.Takes().Most;

    /// <summary>The inputs that may have scales of their own: the first ones.</summary>
    internal int Scales => Product is BatchMatrixProduct ? 2 : 1;

    /// <summary>True for operations that can be the product.</summary>
    public static bool Knows(Operation product)
    {
        return product is Convolution2D or DepthwiseConvolution2D or FullyConnected or BatchMatrixProduct;
    }

    public override Operands Takes() => new(Product.Takes().Required, FirstScale + Scales, 2, 2);

    public override void Check(NodeCheck check)
    {
        Product.Check(check);
        check.HasElements(check.Output(1), DynamicScale.Elements);
        for (int i = 0; i < Scales; i++)
        {
            check.HasElements(check.Node.OptionalInput(FirstScale + i), DynamicScale.Elements);
        }
    }
}
