using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Operators that take and give quantized tensors, each with scale and zero point behind it: what they are is the operator on real numbers
/// between conversions, so that is what they are imported as.
/// </summary>
internal static class QuantizedOperatorImport
{
    /// <summary>Inputs: x, w, each with scale and zero point; the output's scale and zero point; bias (int32, in units of both scales).</summary>
    public static void Convolution(ImportContext context)
    {
        Tensor weights = context.Input(3);
        Tensor filter = Weights(context, weights, 4, 0);
        Give(context, "Conv", 6, QuantizationImport.Real(context, 0), filter, Bias(context, 8, 1, 4));
    }

    /// <summary>Inputs: a, b, each with scale and zero point; the output's scale and zero point.</summary>
    public static void MatrixProduct(ImportContext context)
    {
        Tensor right = context.Input(3);
        Give(context, "MatMul", 6, QuantizationImport.Real(context, 0), Weights(context, right, 4, right.Rank - 1));
    }

    /// <summary>Inputs: a, b, each with scale and zero point; c (int32, in units of both scales); the output's scale and zero point, absent for real outputs.</summary>
    public static void Gemm(ImportContext context)
    {
        Tensor right = Weights(context, context.Input(3), 4, context.Attributes.Flag("transB") ? 0 : 1);
        Tensor?[] operands = [QuantizationImport.Real(context, 0), right, Bias(context, 6, 1, 4)];
        if (context.OptionalInput(7) is null)
        {
            context.Give(context.Computed("Gemm", operands));
            return;
        }

        Give(context, "Gemm", 7, operands);
    }

    /// <summary>Inputs: a, b, each with scale and zero point; the output's scale and zero point.</summary>
    public static void Binary(ImportContext context, string operation)
    {
        Give(context, operation, 6, QuantizationImport.Real(context, 0), QuantizationImport.Real(context, 3));
    }

    /// <summary>Inputs: x with scale and zero point; the output's scale and zero point.</summary>
    public static void Unary(ImportContext context, string operation)
    {
        if (context.Attributes.Flag("channels_last"))
        {
            throw ImportContext.Refused("Its channels stand last.", "Export the network with channels behind the batch.");
        }

        context.Attributes.Ignore("opset");
        Give(context, operation, 3, QuantizationImport.Real(context, 0));
    }

    /// <summary>Inputs: the output's scale and zero point; the pieces, each with scale and zero point.</summary>
    public static void Concatenation(ImportContext context)
    {
        List<Tensor> pieces = [];
        for (int i = 2; i < context.InputCount; i += 3)
        {
            pieces.Add(QuantizationImport.Real(context, i));
        }

        Give(context, "Concat", 0, [.. pieces]);
    }

    private static void Give(ImportContext context, string operation, int scale, params Tensor?[] operands)
    {
        context.Give(QuantizationImport.Quantized(context, context.Computed(operation, operands), scale));
    }

    /// <summary>Constant weights with a scale for all, or one for each slice along an axis.</summary>
    private static Tensor Weights(ImportContext context, Tensor weights, int scale, int axis)
    {
        float[] scales = context.Floats(scale, "scale");
        if (scales.Length == 1)
        {
            return QuantizationImport.Real(context, scale - 1);
        }

        long[] given = context.OptionalInput(scale + 1) is null ? [0] : context.Longs(scale + 1, "zero point");
        long[] zeroPoints = given.Length == 1 ? [.. Enumerable.Repeat(given[0], scales.Length)] : given;
        ImportContext.Require(
            weights.Rank > axis && weights.Shape[axis] == scales.Length && zeroPoints.Length == scales.Length, $"It has {scales.Length} scales and {given.Length} zero points along axis {axis} of {weights}.");
        ImportContext.Require(Array.TrueForAll(scales, value => value > 0 && float.IsFinite(value)), "A scale of its weights is no finite number above 0.");
        if (!weights.IsConstant)
        {
            throw ImportContext.Refused("Its weights are computed, and quantized per channel.", "Quantize what is computed per tensor.");
        }

        return context.Graph.Real(new Tensor(weights.Name, weights.Type, weights.Shape) { Data = weights.Data, Quantization = new Quantization(scales, zeroPoints, axis) });
    }

    /// <summary>An int32 bias in units of the scales of data and weights.</summary>
    private static Tensor? Bias(ImportContext context, int bias, int dataScale, int weightScale)
    {
        if (context.OptionalInput(bias) is not Tensor integers)
        {
            return null;
        }

        float data = context.Scalar(dataScale, "scale")!.Value;
        float[] scales = Array.ConvertAll(context.Floats(weightScale, "scale"), scale => data * scale);
        ImportContext.Require(integers.IsConstant && integers.Type == DataType.Int32, $"Its bias {integers} is no int32 constant.");
        ImportContext.Require(scales.Length == 1 || scales.Length == integers.Shape[^1], $"It has {scales.Length} scales for the bias {integers}.");
        return context.Graph.Real(new Tensor(integers.Name, DataType.Int32, integers.Shape) { Data = integers.Data, Quantization = new Quantization(scales, new long[scales.Length], integers.Rank - 1) });
    }
}
