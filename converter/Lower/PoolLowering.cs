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
            && new[] { operation.KernelHeight, operation.KernelWidth, window.StrideHeight, window.StrideWidth }.All(size => size is >= 1 and <= Largest)
            && window.PaddingTop >= 0 && window.PaddingLeft >= 0;
        if (!fits)
        {
            return ("The shapes of input and output do not go with its window, or kernel or stride are not 1 to 65535.", "The file is inconsistent; convert the network again.");
        }

        if (window.DilationHeight != 1 || window.DilationWidth != 1)
        {
            return ($"Its dilations are {window.DilationHeight} and {window.DilationWidth}; pools on the device have none.", "Use a pool without dilation.");
        }

        return HasPixels(input.Shape[1], output.Shape[1], operation.KernelHeight, window.StrideHeight, window.PaddingTop)
            && HasPixels(input.Shape[2], output.Shape[2], operation.KernelWidth, window.StrideWidth, window.PaddingLeft)
            ? null
            : ("It has windows that lie in the padding only: what is made of nothing is no integer.", "Pad by less than the window's size, or let an average count the padding (ONNX's count_include_pad).");
    }

    /// <summary>True if every window has a pixel of the input.</summary>
    private static bool HasPixels(int inputs, int outputs, int kernel, int stride, int padding)
    {
        return padding < kernel && ((long)(outputs - 1) * stride) - padding < inputs;
    }

    private static bool SameQuantization(Quantization? input, Quantization? output)
    {
        return input is null || output is null
            ? input is null && output is null
            : !input.IsPerChannel && !output.IsPerChannel && input.ZeroPoint == output.ZeroPoint && Math.Abs((double)input.Scale - output.Scale) <= ScaleTolerance;
    }
}
