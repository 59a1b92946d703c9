namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>What the device can do with the weights of an operation.</summary>
/// <param name="Name">The operation, for messages.</param>
/// <param name="HasZeroPoint">True if weights may have zero points.</param>
internal sealed record ProductForm(string Name, bool HasZeroPoint)
{
    public static ProductForm FullyConnected { get; } = new("a fully connected operator", true);

    public static ProductForm Convolution { get; } = new("a convolution", true);

    public static ProductForm Depthwise { get; } = new("a depthwise convolution", false);

    public static ProductForm Transposed { get; } = new("a transposed convolution", false);
}
