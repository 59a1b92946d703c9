using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Height and width changed by taking the nearest pixel. Inputs: data [batch, height, width, channels], size (new height and width).</summary>
/// <param name="AlignCorners">The first and last pixels of input and output lie on each other.</param>
/// <param name="HalfPixelCenters">Pixels are areas, whose centers lie between whole positions.</param>
internal sealed record ResizeNearestNeighbor(bool AlignCorners, bool HalfPixelCenters) : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Resizes(check.Input(0), check.Input(1));
    }
}
