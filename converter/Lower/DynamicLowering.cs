using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Products whose results' scale is found at run time, and the way from there to fixed scales.</summary>
internal static class DynamicLowering
{
    private const string RequantizeHelp = "Quantize the operator with int8 activations.";
    private const int LargestElementProduct = 255 * 255;

    public static void Lower(LoweringContext context, Node node, DynamicProduct operation)
    {
        if (!CheckResults(context, node))
        {
            return;
        }

        switch (operation.Product)
        {
            case FullyConnected product: Lower(context, node, operation, product); break;
            case Convolution2D product: Lower(context, node, operation, product); break;
            case DepthwiseConvolution2D product: Lower(context, node, operation, product); break;
            case BatchMatrixProduct product: Lower(context, node, operation, product); break;
            default: context.Refuse($"The device finds no scale for the results of {operation.Product.Name}.", RequantizeHelp); break;
        }
    }

    public static void LowerSettle(LoweringContext context, Node node)
    {
        Tensor output = node.Output();
        if (node.Input(0).Type != DataType.Int8 || node.Input(1).Type != DataType.Int32 || output.Type is not (DataType.Int8 or DataType.Int16))
        {
            context.Refuse("Supported are int8 data with a scale of int32, to int8 or int16.", RequantizeHelp);
            return;
        }

        if (!QuantizedOperands.Check(context, output) || !CheckScale(context, output.Quantization!.Scale))
        {
            return;
        }

        DynamicScale inverse = DynamicScale.Of(1.0 / output.Quantization!.Scale, 0);
        OutputRange range = OutputRange.Of(output, Activation.None);
        context.Emit(
            OperatorKind.Settle,
            [context.Operand(node.Input(0)), context.Operand(node.Input(1))],
            [context.Operand(output)],
            [inverse.Multiplier, inverse.Shift, output.Quantization.ZeroPoint, range.Minimum, range.Maximum]);
    }

    private static void Lower(LoweringContext context, Node node, DynamicProduct operation, FullyConnected product)
    {
        Tensor weights = node.Input(1);
        if (CheckOperand(context, node, operation, 0)
            && DynamicRowsLowering.Of(context, node, weights, context.WeightOperand(weights), 0, product.Activation) is DynamicRowsLowering rows)
        {
            EmitFullyConnected(context, node, operation, rows);
        }
    }

    private static void Lower(LoweringContext context, Node node, DynamicProduct operation, Convolution2D product)
    {
        Tensor filter = node.Input(1);
        if (!CheckOperand(context, node, operation, 0)
            || !WindowLowering.Check(context, product.Window)
            || DynamicRowsLowering.Of(context, node, filter, context.WeightOperand(filter), 0, product.Activation) is not DynamicRowsLowering rows)
        {
            return;
        }

        int groups = node.Input(0).Shape[3] / filter.Shape[3];
        bool single = filter.Shape[1] == 1 && filter.Shape[2] == 1 && groups == 1 && product.Window is { PaddingTop: 0, PaddingLeft: 0 };
        LoweredTensor[] block = MixedLowering.RowScratch(context, rows.Weights, filter.Shape[0] / groups, node.Output().ElementCount / filter.Shape[0]);
        LoweredTensor[] patch = single ? [] : [context.Scratch(ElementType.Int8, filter.ElementCount / filter.Shape[0])];
        Emit(context, node, operation, OperatorKind.DynamicConvolution, rows, WindowLowering.Attributes(product.Window), [.. Results(context, node), .. block, .. patch]);
    }

    private static void Lower(LoweringContext context, Node node, DynamicProduct operation, DepthwiseConvolution2D product)
    {
        Tensor filter = node.Input(1);
        if (!CheckOperand(context, node, operation, 0)
            || !WindowLowering.Check(context, product.Window)
            || DynamicRowsLowering.Of(context, node, filter, context.WeightOperand(filter), 3, product.Activation) is not DynamicRowsLowering rows)
        {
            return;
        }

        LoweredTensor[] block = MixedLowering.ChannelScratch(context, rows.Weights, filter.Shape[3] / node.Input(0).Shape[3]);
        Emit(context, node, operation, OperatorKind.DynamicDepthwiseConvolution, rows, WindowLowering.Attributes(product.Window), [.. Results(context, node), .. block]);
    }

    private static void Lower(LoweringContext context, Node node, DynamicProduct operation, BatchMatrixProduct product)
    {
        Tensor left = node.Input(0);
        Tensor right = node.Input(1);
        if (!CheckOperand(context, node, operation, 0) || !CheckOperand(context, node, operation, 1))
        {
            return;
        }

        MatrixBatches? batches = MatrixBatches.Of(left.Shape, right.Shape, product.LeftTransposed, product.RightTransposed);
        if (batches is null)
        {
            context.Refuse("The shapes of its inputs broadcast over more than three dimensions.", "Reshape the inputs to fewer dimensions.");
            return;
        }

        if (right.IsConstant && batches.IsSingle && !product.LeftTransposed)
        {
            LoweredTensor weights = context.Constant(BatchMatrixProductLowering.Rows(right, batches, product.RightTransposed), batches.Columns, batches.Depth);
            if (DynamicRowsLowering.Of(context, node, right, weights, 0, Activation.None) is DynamicRowsLowering rows)
            {
                EmitFullyConnected(context, node, operation, rows);
            }

            return;
        }

        if (batches.Depth > int.MaxValue / LargestElementProduct)
        {
            context.Refuse($"Each result sums up {batches.Depth} products, which 32 bits may not hold.", RequantizeHelp);
            return;
        }

        bool column = product.LeftTransposed && product.RightTransposed;
        LoweredTensor[] scratch = [.. Results(context, node), .. column ? [context.Scratch(ElementType.Int8, batches.Depth)] : Array.Empty<LoweredTensor>()];
        context.Emit(
            OperatorKind.DynamicMatrixProduct,
            [context.Operand(left), context.Operand(right), Scale(context, node, operation, 0), Scale(context, node, operation, 1)],
            [context.Operand(node.Output()), context.Operand(node.Output(1))],
            [.. BatchMatrixProductLowering.Attributes(batches, product), .. Fixed(node, operation, 0), .. Fixed(node, operation, 1), operation.Symmetric ? 1 : 0],
            scratch);
    }

    private static void EmitFullyConnected(LoweringContext context, Node node, DynamicProduct operation, DynamicRowsLowering rows)
    {
        int outputs = rows.Weights.Shape[0];
        LoweredTensor[] block = MixedLowering.RowScratch(context, rows.Weights, outputs, node.Output().ElementCount / outputs);
        Emit(context, node, operation, OperatorKind.DynamicFullyConnected, rows, [], [.. Results(context, node), .. block]);
    }

    private static void Emit(
        LoweringContext context, Node node, DynamicProduct operation, OperatorKind kind, DynamicRowsLowering rows, int[] attributes, LoweredTensor[] scratch)
    {
        context.Emit(
            kind,
            [context.Operand(node.Input(0)), rows.Weights, rows.Bias, rows.Multipliers, rows.Shifts, Scale(context, node, operation, 0)],
            [context.Operand(node.Output()), context.Operand(node.Output(1))],
            [.. attributes, .. Fixed(node, operation, 0), .. rows.Attributes, operation.Symmetric ? 1 : 0],
            scratch);
    }

    /// <summary>Room for the results before their scale is known, if the network has it; otherwise they are computed twice.</summary>
    private static LoweredTensor[] Results(LoweringContext context, Node node)
    {
        int results = node.Output().ElementCount;
        return context.HasRoom(node, (long)results * sizeof(int)) ? [context.Scratch(ElementType.Int32, results)] : [];
    }

    /// <summary>The scale tensor of an input; null if it is fixed.</summary>
    private static LoweredTensor? Scale(LoweringContext context, Node node, DynamicProduct operation, int input)
    {
        return context.OptionalOperand(node.OptionalInput(operation.FirstScale + input));
    }

    /// <summary>The attributes of an input whose scale is fixed; none if a tensor holds it.</summary>
    private static int[] Fixed(Node node, DynamicProduct operation, int input)
    {
        if (node.OptionalInput(operation.FirstScale + input) is not null)
        {
            return [];
        }

        Quantization quantization = node.Input(input).Quantization!;
        DynamicScale scale = DynamicScale.Of(quantization.Scale, quantization.ZeroPoint);
        return [scale.Multiplier, scale.Shift, scale.ZeroPoint];
    }

    private static bool CheckResults(LoweringContext context, Node node)
    {
        if (node.Output().Type == DataType.Int8 && node.Output(1).Type == DataType.Int32)
        {
            return true;
        }

        context.Refuse("The results must be int8 with a scale of int32.", RequantizeHelp);
        return false;
    }

    private static bool CheckOperand(LoweringContext context, Node node, DynamicProduct operation, int input)
    {
        Tensor data = node.Input(input);
        if (data.Type != DataType.Int8)
        {
            context.Refuse($"The input {data} must be int8.", RequantizeHelp);
            return false;
        }

        return node.OptionalInput(operation.FirstScale + input) is not null
            || (QuantizedOperands.Check(context, data) && CheckScale(context, data.Quantization!.Scale));
    }

    private static bool CheckScale(LoweringContext context, double scale)
    {
        if (DynamicRowsLowering.IsExpressible(scale))
        {
            return true;
        }

        context.Refuse($"A scale is {scale}; the device takes 2^-126 to 2^126.", "Convert the network again with full integer quantization.");
        return false;
    }
}
