using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// A product as groups of small matrix products: a fully connected operator or a convolution is one, a grouped convolution has one for each
/// group, a depthwise convolution one for each channel of the data.
/// </summary>
internal sealed class RoundingLayout
{
    private readonly Patches? _patches;
    private readonly int _columns;

    private RoundingLayout(ProductWeights product, Patches? patches, int groups, int depth)
    {
        Product = product;
        _patches = patches;
        Groups = groups;
        Depth = depth;
        _columns = product.Outputs / groups;
        Pixels = product.Node.Output().ElementCount / product.Outputs;
    }

    public ProductWeights Product { get; }

    /// <summary>How many groups.</summary>
    public int Groups { get; }

    /// <summary>The weights of an output channel.</summary>
    public int Depth { get; }

    /// <summary>The output channels of a group.</summary>
    public int Columns => _columns;

    /// <summary>The output pixels (rows) of one record.</summary>
    public int Pixels { get; }

    public static RoundingLayout Of(ProductWeights product)
    {
        Node node = product.Node;
        int[] data = node.Input(0).Shape;
        int[] weights = product.Tensor.Shape;
        int[] output = node.Output().Shape;
        return node.Operation switch
        {
            Convolution2D convolution => new RoundingLayout(product, new Patches(data, output, weights, convolution.Window), data[3] / weights[3], weights[1] * weights[2] * weights[3]),
            DepthwiseConvolution2D depthwise => new RoundingLayout(
                product, new Patches(data, output, [weights[3], weights[1], weights[2], 1], depthwise.Window), data[3], weights[1] * weights[2]),
            _ => new RoundingLayout(product, null, 1, weights[1]),
        };
    }

    /// <summary>The position of a weight in its tensor.</summary>
    /// <param name="output">The output channel.</param>
    /// <param name="k">Which of its weights.</param>
    public int Weight(int output, int k)
    {
        return Product.IsDepthwise ? (k * Product.Outputs) + output : (output * Depth) + k;
    }

    /// <summary>Writes what a group sees from an output pixel.</summary>
    public void Gather(ReadOnlySpan<float> data, int group, int pixel, Span<float> row)
    {
        if (_patches is null)
        {
            data.Slice(pixel * Depth, Depth).CopyTo(row);
        }
        else
        {
            _patches.Gather(data, group, pixel, 1, row);
        }
    }
}
