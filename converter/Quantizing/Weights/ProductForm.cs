namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>What the device can do with the weights of an operation.</summary>
/// <param name="Name">The operation, for messages.</param>
/// <param name="HasInt4">True if weights may have 4 bits.</param>
/// <param name="HasZeroPoint">True if weights may have a zero point (with 8 bits, one scale for all).</param>
internal sealed record ProductForm(string Name, bool HasInt4, bool HasZeroPoint)
{
    public static ProductForm FullyConnected { get; } = new("a fully connected operator", true, true);

    public static ProductForm Convolution { get; } = new("a convolution", true, true);

    public static ProductForm Depthwise { get; } = new("a depthwise convolution", true, false);

    public static ProductForm Transposed { get; } = new("a transposed convolution", false, false);
}
