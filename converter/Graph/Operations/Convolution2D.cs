using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D convolution. Inputs: data [batch, height, width, channels], filter [outputs, height, width, channels of a group], bias [outputs]
/// (optional). Fewer filter channels than data channels mean groups.
/// </summary>
internal sealed record Convolution2D(WindowAttributes Window, Activation Activation) : Operation
{
    public override Operands Takes() => Operands.Of(2, optional: 1);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor filter = check.Input(1);
        if (!check.HasRank(data, 4, "[batch, height, width, channels]")
            || !check.HasRank(filter, 4, "[outputs, height, width, channels of a group]")
            || !Window.Check(check, filter.Shape[1], filter.Shape[2]))
        {
            return;
        }

        int outputs = filter.Shape[0];
        int groups = data.Shape[3] / filter.Shape[3];
        check.Require(
            groups > 0 && data.Shape[3] % filter.Shape[3] == 0 && outputs % groups == 0, "The channels of data and filter do not make whole groups.");
        check.OutputIs([data.Shape[0], Window.OutputHeight(data, filter.Shape[1]), Window.OutputWidth(data, filter.Shape[2]), outputs]);
        check.HasElements(check.Node.OptionalInput(2), outputs);
    }
}
