using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Transposed convolutions: the filter's taps sorted by the phase of the output pixels that see them.</summary>
internal static class TransposedConvolutionLowering
{
    private const int Largest = 65535;

    public static void Lower(LoweringContext context, Node node, TransposedConvolution2D operation)
    {
        if (!Check(context, node, operation))
        {
            return;
        }

        Tensor data = node.Input(0);
        Tensor filter = node.Input(1);
        int outputs = filter.Shape[0];
        RowParametersLowering? rows = RowParametersLowering.Of(context, node, operation.Activation, RowParametersLowering.PerChannel(node, outputs), 0, wide: true);
        if (rows is null)
        {
            return;
        }

        int largestWindow = Taps(filter.Shape[1], operation.StrideHeight) * Taps(filter.Shape[2], operation.StrideWidth) * filter.Shape[3];
        context.Emit(
            OperatorKind.TransposedConvolution,
            [
                context.Operand(data),
                context.Constant(PhaseMatrices(filter, operation.StrideHeight, operation.StrideWidth), filter.Shape),
                rows.Bias,
                rows.Multipliers,
                rows.Shifts,
            ],
            [context.Operand(node.Output())],
            [
                operation.StrideHeight,
                operation.StrideWidth,
                operation.PaddingTop,
                operation.PaddingLeft,
                filter.Shape[1],
                filter.Shape[2],
                .. rows.Attributes,
            ],
            context.Scratch(data.Type == DataType.Int16 ? ElementType.Int16 : ElementType.Int8, largestWindow));
    }

    /// <summary>The most taps of one dimension that an output pixel sees.</summary>
    private static int Taps(int kernel, int stride)
    {
        return (kernel / stride) + (kernel % stride == 0 ? 0 : 1);
    }

    /// <summary>
    /// A matrix for each phase, as the runtime's operator reads them. A later tap meets an earlier input pixel: taps stand in reverse order,
    /// so that the window of the input is read forwards.
    /// </summary>
    private static sbyte[] PhaseMatrices(Tensor filter, int strideHeight, int strideWidth)
    {
        ReadOnlySpan<byte> weights = filter.Data!.Value.Span;
        int outputs = filter.Shape[0];
        int height = filter.Shape[1];
        int width = filter.Shape[2];
        int channels = filter.Shape[3];
        sbyte[] sorted = new sbyte[filter.ElementCount];
        int at = 0;
        for (int phaseY = 0; phaseY < Math.Min(strideHeight, height); phaseY++)
        {
            for (int phaseX = 0; phaseX < Math.Min(strideWidth, width); phaseX++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    for (int y = Last(height, strideHeight, phaseY); y >= 0; y -= strideHeight)
                    {
                        for (int x = Last(width, strideWidth, phaseX); x >= 0; x -= strideWidth)
                        {
                            int tap = ((((output * height) + y) * width) + x) * channels;
                            for (int channel = 0; channel < channels; channel++)
                            {
                                sorted[at++] = (sbyte)weights[tap + channel];
                            }
                        }
                    }
                }
            }
        }

        return sorted;
    }

    private static int Last(int kernel, int stride, int phase)
    {
        return phase + ((kernel - 1 - phase) / stride * stride);
    }

    private static bool Check(LoweringContext context, Node node, TransposedConvolution2D operation)
    {
        if (node.Input(1).Quantization is Quantization weights && Array.Exists(weights.ZeroPoints, point => point != 0))
        {
            context.Refuse("The weights are asymmetric; the device has no such transposed convolution.", "Quantize these weights symmetrically.");
            return false;
        }

        if (!RowParametersLowering.Check(context, node, 0))
        {
            return false;
        }

        Tensor data = node.Input(0);
        Tensor filter = node.Input(1);
        Tensor output = node.Output();
        if (filter.Type != DataType.Int8 || output.Type != data.Type)
        {
            context.Refuse("The filter must have int8 elements, and the output the type of the data.", "Quantize the weights to 8 bits, and the output like the data.");
            return false;
        }

        bool fits = data.Rank == 4
            && filter.Rank == 4
            && output.Rank == 4
            && data.Shape[0] == output.Shape[0]
            && data.Shape[3] == filter.Shape[3]
            && filter.Shape[0] == output.Shape[3]
            && filter.Quantization!.Scales.Length is int scales
            && (scales == 1 || scales == filter.Shape[0])
            && (node.OptionalInput(2) is not Tensor bias || bias.ElementCount == filter.Shape[0]);
        if (!fits)
        {
            context.Refuse("The shapes of data, filter, bias, scales and output do not fit each other.", "Convert the source network again.");
            return false;
        }

        int[] sizes = [operation.StrideHeight, operation.StrideWidth, filter.Shape[1], filter.Shape[2]];
        if (sizes.Any(size => size is < 1 or > Largest) || operation.PaddingTop > Largest || operation.PaddingLeft > Largest)
        {
            context.Refuse($"Strides and kernel must be 1 to {Largest}, padding at most {Largest}.", "Use smaller strides and kernels.");
            return false;
        }

        return true;
    }
}
