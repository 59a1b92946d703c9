using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Average and maximum pools.</summary>
internal static class PoolLowering
{
    private const int Largest = 65535;
    private const double ScaleTolerance = 1e-6;

    public static void Lower(LoweringContext context, Node node, Pool2D operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (Problem(input, output, operation) is (string reason, string help))
        {
            context.Refuse(reason, help);
            return;
        }

        OutputRange range = OutputRange.Of(output, operation.Activation);
        context.Emit(
            operation.Kind == PoolKind.Average ? OperatorKind.AveragePool : OperatorKind.MaxPool,
            [context.Operand(input)],
            [context.Operand(output)],
            [operation.KernelHeight, operation.KernelWidth, .. WindowLowering.Attributes(operation.Window), range.Minimum, range.Maximum]);
    }

    private static (string Reason, string Help)? Problem(Tensor input, Tensor output, Pool2D operation)
    {
        if (input.Type is not (DataType.Int8 or DataType.Int16) || output.Type != input.Type)
        {
            return ("Supported are int8 to int8 and int16 to int16.", "Quantize the network to int8, or to int16 activations.");
        }

        if (!SameQuantization(input.Quantization, output.Quantization))
        {
            return ("Input and output must have one scale and zero point, and the same.", "Convert the network again with full integer quantization, or requantize the output.");
        }

        WindowAttributes window = operation.Window;
        bool fits = input.ElementCount > 0 && output.ElementCount > 0 && input.Rank == 4 && output.Rank == 4 && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3]
            && Fits(input.Shape[1], output.Shape[1], operation.KernelHeight, window.StrideHeight, window.PaddingTop)
            && Fits(input.Shape[2], output.Shape[2], operation.KernelWidth, window.StrideWidth, window.PaddingLeft);
        return fits
            ? null
            : ("The shapes of input and output do not go with its window, or kernel or stride are not 1 to 65535.", "The file is inconsistent; convert the network again.");
    }

    /// <summary>True if every window has a pixel of the input.</summary>
    private static bool Fits(int inputs, int outputs, int kernel, int stride, int padding)
    {
        return kernel is >= 1 and <= Largest && stride is >= 1 and <= Largest && padding >= 0 && padding < kernel && ((long)(outputs - 1) * stride) - padding < inputs;
    }

    private static bool SameQuantization(Quantization? input, Quantization? output)
    {
        return input is null || output is null
            ? input is null && output is null
            : !input.IsPerChannel && !output.IsPerChannel && input.ZeroPoint == output.ZeroPoint && Math.Abs((double)input.Scale - output.Scale) <= ScaleTolerance;
    }
}
