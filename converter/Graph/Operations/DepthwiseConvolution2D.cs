using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D depthwise convolution. Inputs: data [batch, height, width, channels], filter [1, height, width, outputs], bias [outputs] (optional).
/// </summary>
internal sealed record DepthwiseConvolution2D(WindowAttributes Window, Activation Activation) : Operation
{
    public override Operands Takes() => Operands.Of(2, optional: 1);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor filter = check.Input(1);
        if (!check.HasRank(data, 4, "[batch, height, width, channels]")
            || !check.HasRank(filter, 4, "[1, height, width, outputs]")
            || !Window.Check(check, filter.Shape[1], filter.Shape[2]))
        {
            return;
        }

        int outputs = filter.Shape[3];
        check.Require(filter.Shape[0] == 1, "The filter's first size must be 1.");
        check.Require(outputs % data.Shape[3] == 0, "The filter's last size must be a multiple of the channels.");
        check.OutputIs([data.Shape[0], Window.OutputHeight(data, filter.Shape[1]), Window.OutputWidth(data, filter.Shape[2]), outputs]);
        check.HasElements(check.Node.OptionalInput(2), outputs);
    }
}
