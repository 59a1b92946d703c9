using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute.Products;

/// <summary>What results are held within: an activation that is fused into a product.</summary>
/// <param name="Lowest">The smallest result.</param>
/// <param name="Highest">The largest result.</param>
internal readonly record struct Bounds(float Lowest, float Highest)
{
    public static Bounds Of(Activation activation)
    {
        return activation switch
        {
            Activation.Relu => new Bounds(0, float.PositiveInfinity),
            Activation.Relu6 => new Bounds(0, 6),
            Activation.ReluN1To1 => new Bounds(-1, 1),
            _ => new Bounds(float.NegativeInfinity, float.PositiveInfinity),
        };
    }
}
