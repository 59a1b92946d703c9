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

        FilterPhases phases = new(filter.Shape[1], filter.Shape[2], operation.StrideHeight, operation.StrideWidth);
        int largestWindow = phases.MostTaps * filter.Shape[3];
        bool dense = MixedLowering.IsDense(filter);
        LoweredTensor weights = dense ? context.Constant(phases.Matrices(filter), filter.Shape) : context.WeightOperand(phases.Rows(filter));
        context.Emit(
            dense ? OperatorKind.TransposedConvolution : OperatorKind.MixedTransposedConvolution,
            [
                context.Operand(data),
                weights,
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
            [
                .. MixedLowering.PartScratch(context, weights, phases.Count > 1 ? outputs : (outputs + 1) / 2, largestWindow, data.ElementCount / data.Shape[3]),
                context.Scratch(data.Type == DataType.Int16 ? ElementType.Int16 : ElementType.Int8, largestWindow),
            ]);
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
        if (output.Type != data.Type)
        {
            context.Refuse("The output must have the type of the data.", "Quantize the output like the data.");
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
