using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Each output pixel made of the input pixels in a window, channel by channel. Input: data [batch, height, width, channels]. Padding is
/// outside: it neither counts in an average nor can it be a maximum.
/// </summary>
internal sealed record Pool2D(PoolKind Kind, int KernelHeight, int KernelWidth, WindowAttributes Window, Activation Activation) : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        if (check.HasRank(data, 4, "[batch, height, width, channels]") && Window.Check(check, KernelHeight, KernelWidth))
        {
            check.OutputIs([data.Shape[0], Window.OutputHeight(data, KernelHeight), Window.OutputWidth(data, KernelWidth), data.Shape[3]]);
        }
    }
}
