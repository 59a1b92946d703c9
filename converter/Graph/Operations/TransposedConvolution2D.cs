using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D transposed convolution: every data pixel adds its multiple of the filter to the output, at its position times the stride minus the
/// padding. Inputs: data [batch, height, width, channels], filter [outputs, height, width, channels], bias [outputs] (optional).
/// </summary>
internal sealed record TransposedConvolution2D(int StrideHeight, int StrideWidth, int PaddingTop, int PaddingLeft, Activation Activation) : Operation
{
    public override Operands Takes() => Operands.Of(2, optional: 1);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor filter = check.Input(1);
        Tensor output = check.Output();
        if (!check.HasRank(data, 4, "[batch, height, width, channels]")
            || !check.HasRank(filter, 4, "[outputs, height, width, channels]")
            || !check.HasRank(output, 4, "[batch, height, width, outputs]"))
        {
            return;
        }

        check.Require(data.Shape[0] == output.Shape[0], "Data and output have different batch sizes.");
        check.Require(data.Shape[3] == filter.Shape[3], "Data and filter have different numbers of channels.");
        check.Require(output.Shape[3] == filter.Shape[0], "The output has not as many channels as the filter has outputs.");
        check.Require(
            Fits(data.Shape[1], output.Shape[1], filter.Shape[1], StrideHeight, PaddingTop) && Fits(data.Shape[2], output.Shape[2], filter.Shape[2], StrideWidth, PaddingLeft),
            "The output's height or width is none that data, filter, strides and padding can give.");
        check.HasElements(check.Node.OptionalInput(2), filter.Shape[0]);
    }

    /// <summary>
    /// True if every data pixel lies on the output, and the output ends before the next one would. A stride leaves several sizes open, of which
    /// the file says one.
    /// </summary>
    private static bool Fits(int data, int output, int kernel, int stride, int padding)
    {
        long end = (long)output + padding;
        return stride >= 1 && padding >= 0 && ((data - 1L) * stride) < end && end <= ((long)data * stride) + kernel - 1;
    }
}
