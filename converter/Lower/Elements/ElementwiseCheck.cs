using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>Why the device cannot compute an element-wise node.</summary>
/// <param name="Reason">What was found and what is allowed.</param>
/// <param name="Help">What would help.</param>
internal sealed record ElementwiseCheck(string Reason, string Help)
{
    private const string QuantizeAgain = "Convert the network again with full integer quantization.";
    private const string IntegersOnly = "Quantize the network to int8 or int16 throughout: real numbers are supported at its inputs and outputs only.";
    private const float PowerOfTwoTolerance = 1e-3f;

    /// <summary>What is wrong with a node of <see cref="Unary"/>, <see cref="Parametric"/>, <see cref="LeakyRelu"/>, <see cref="Quantize"/> or <see cref="Cast"/>; null if nothing.</summary>
    public static ElementwiseCheck? Problem(Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (IsReal(input.Type) || IsReal(output.Type))
        {
            Tensor real = IsReal(input.Type) ? input : output;
            return new ElementwiseCheck($"The tensor '{real.Name}' has real numbers ({real.Type}); the device computes with integers only.", IntegersOnly);
        }

        if (input.ElementCount != output.ElementCount)
        {
            return new ElementwiseCheck("Input and output have different numbers of elements.", "The file is inconsistent; convert the network again.");
        }

        return node.Operation switch
        {
            Cast => CastProblem(input, output),
            Quantize => QuantizeProblem(input, output),
            _ => FunctionProblem(node, input, output),
        };
    }

    /// <summary>True for the types of real numbers.</summary>
    public static bool IsReal(DataType type)
    {
        return type is DataType.Float16 or DataType.Float32 or DataType.Float64;
    }

    private static ElementwiseCheck? CastProblem(Tensor input, Tensor output)
    {
        return input.Type.IsOnDevice() && output.Type.IsOnDevice()
            ? null
            : new ElementwiseCheck(
                "Supported casts are between int8, uint8, int16, int32 and bool.", "Use one of these types; values beyond 32 bits exist in constants only.");
    }

    private static ElementwiseCheck? QuantizeProblem(Tensor input, Tensor output)
    {
        if (!input.Type.IsOnDevice() || !output.Type.IsOnDevice() || input.Type == DataType.Bool || output.Type == DataType.Bool)
        {
            return new ElementwiseCheck("Supported are int8, uint8, int16 and int32.", QuantizeAgain);
        }

        return QuantizationProblem(input) ?? QuantizationProblem(output);
    }

    private static ElementwiseCheck? FunctionProblem(Node node, Tensor input, Tensor output)
    {
        if (input.Type != output.Type || input.Type is not (DataType.Int8 or DataType.Int16))
        {
            return new ElementwiseCheck("Supported are int8 to int8 and int16 to int16.", "Quantize the network to int8, or to int16 activations.");
        }

        bool plainAbsolute = node.Operation is Unary { Function: UnaryFunction.Absolute } && input.Type == DataType.Int16
            && input.Quantization is null && output.Quantization is null;
        return plainAbsolute ? null : QuantizationProblem(input) ?? QuantizationProblem(output) ?? ScaleProblem(node, input, output);
    }

    private static ElementwiseCheck? QuantizationProblem(Tensor tensor)
    {
        if (tensor.Quantization is not Quantization quantization)
        {
            return new ElementwiseCheck($"The tensor '{tensor.Name}' carries no quantization parameters.", QuantizeAgain);
        }

        if (quantization.IsPerChannel)
        {
            return new ElementwiseCheck($"The tensor '{tensor.Name}' is quantized per channel; activations have one scale.", QuantizeAgain);
        }

        return float.IsFinite(quantization.Scale) && quantization.Scale > 0
            ? null
            : new ElementwiseCheck($"The scale of the tensor '{tensor.Name}' is {quantization.Scale}; it must be above 0.", QuantizeAgain);
    }

    private static ElementwiseCheck? ScaleProblem(Node node, Tensor input, Tensor output)
    {
        Quantization from = input.Quantization!;
        Quantization to = output.Quantization!;
        bool wide = input.Type == DataType.Int16;
        switch (node.Operation)
        {
            case Unary { Function: UnaryFunction.Logistic } when !wide && to.ZeroPoint != sbyte.MinValue:
                return new ElementwiseCheck($"The output's zero point is {to.ZeroPoint}; of an int8 logistic function it is -128.", QuantizeAgain);
            case Unary { Function: UnaryFunction.HardSwish } when !wide && HardSwishFunction.OutputMultiplier(from, to).Shift > 0:
                return new ElementwiseCheck("The input's scale is more than 128 times the output's.", QuantizeAgain);
            case Unary { Function: UnaryFunction.Logistic or UnaryFunction.Tanh } when wide:
                bool halves = MathF.Abs(MathF.Log2(to.Scale) + 15) < PowerOfTwoTolerance;
                return from.ZeroPoint == 0 && to.ZeroPoint == 0 && halves
                    ? null
                    : new ElementwiseCheck("In int16 both zero points must be 0, and the output's scale 1/32768.", QuantizeAgain);
            default:
                return null;
        }
    }
}
