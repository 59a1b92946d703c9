using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Matrix products: a fully connected operator where the right is one constant matrix, else batches in at most three dimensions.</summary>
internal static class BatchMatrixProductLowering
{
    public static void Lower(LoweringContext context, Node node, BatchMatrixProduct operation)
    {
        if (!CheckTypes(context, node))
        {
            return;
        }

        MatrixBatches? batches = MatrixBatches.Of(node.Input(0).Shape, node.Input(1).Shape, operation.LeftTransposed, operation.RightTransposed);
        if (batches is null || (long)batches.Rows * batches.Columns * batches.Sizes.Aggregate(1L, (product, size) => product * size) != node.Output().ElementCount)
        {
            context.Refuse("The shapes of its inputs and output do not fit each other, or broadcast over more than three dimensions.", "Reshape the inputs to fewer dimensions.");
            return;
        }

        if (node.Input(1).IsConstant && node.Input(1).Type == DataType.Int8 && batches.IsSingle && !operation.LeftTransposed)
        {
            EmitFullyConnected(context, node, batches, operation.RightTransposed);
        }
        else
        {
            Emit(context, node, batches, operation);
        }
    }

    /// <summary>The attributes that <see cref="Runtime.Operators.MatrixProducts"/> reads.</summary>
    public static List<int> Attributes(MatrixBatches batches, BatchMatrixProduct operation)
    {
        List<int> attributes = [batches.Rows, batches.Depth, batches.Columns, operation.LeftTransposed ? 1 : 0, operation.RightTransposed ? 1 : 0];
        for (int i = 0; i < MatrixBatches.Dimensions; i++)
        {
            attributes.AddRange([batches.Sizes[i], batches.LeftSteps[i], batches.RightSteps[i]]);
        }

        return attributes;
    }

    /// <summary>A constant right matrix as the weights of a fully connected operator: a row for each column.</summary>
    public static sbyte[] Rows(Tensor right, MatrixBatches batches, bool rightTransposed)
    {
        ReadOnlySpan<byte> elements = right.Data!.Value.Span;
        sbyte[] weights = new sbyte[elements.Length];
        int rowStep = rightTransposed ? batches.Depth : 1;
        int columnStep = rightTransposed ? 1 : batches.Columns;
        for (int row = 0; row < batches.Columns; row++)
        {
            for (int column = 0; column < batches.Depth; column++)
            {
                weights[(row * batches.Depth) + column] = (sbyte)elements[(row * rowStep) + (column * columnStep)];
            }
        }

        return weights;
    }

    private static void Emit(LoweringContext context, Node node, MatrixBatches batches, BatchMatrixProduct operation)
    {
        Tensor left = node.Input(0);
        List<int> attributes = Attributes(batches, operation);
        attributes.AddRange([-left.Quantization!.ZeroPoint, -node.Input(1).Quantization!.ZeroPoint]);
        attributes.AddRange(RescalingLowering.Attributes(Factor(node)));
        attributes.Add(node.Output().Quantization!.ZeroPoint);
        bool column = operation.LeftTransposed && operation.RightTransposed && left.Type == DataType.Int8;
        LoweredTensor[] scratch = column ? [context.Scratch(ElementType.Int8, batches.Depth)] : [];
        context.Emit(
            OperatorKind.BatchMatrixProduct,
            [context.Operand(left), context.Operand(node.Input(1))],
            [context.Operand(node.Output())],
            [.. attributes],
            scratch);
    }

    /// <summary>A right that is one constant matrix is what the weights of a fully connected operator are, transposed.</summary>
    private static void EmitFullyConnected(LoweringContext context, Node node, MatrixBatches batches, bool rightTransposed)
    {
        sbyte[] weights = Rows(node.Input(1), batches, rightTransposed);
        RowParametersLowering? rows = RowParametersLowering.Of(context, node, Activation.None, [Factor(node)], node.Input(1).Quantization!.ZeroPoint, wide: true);
        if (rows is null)
        {
            return;
        }

        context.Emit(
            OperatorKind.FullyConnected,
            [context.Operand(node.Input(0)), context.Constant(weights, batches.Columns, batches.Depth), rows.Bias, rows.Multipliers, rows.Shifts],
            [context.Operand(node.Output())],
            rows.Attributes);
    }

    /// <summary>The reference multiplies the two scales in single precision and divides in double.</summary>
    private static double Factor(Node node)
    {
        float product = node.Input(0).Quantization!.Scale * node.Input(1).Quantization!.Scale;
        return (double)product / node.Output().Quantization!.Scale;
    }

    private static bool CheckTypes(LoweringContext context, Node node)
    {
        Tensor[] tensors = [node.Input(0), node.Input(1), node.Output()];
        DataType type = tensors[0].Type;
        if (type is not (DataType.Int8 or DataType.Int16) || tensors.Any(tensor => tensor.Type != type))
        {
            context.Refuse("Both inputs and the output must be int8, or all int16.", "Quantize the network to int8, or to int16 throughout this operator.");
            return false;
        }

        if (tensors.Any(tensor => tensor.Quantization is null || tensor.Quantization.IsPerChannel))
        {
            context.Refuse("Inputs and output must have one scale each.", "Quantize this operator per tensor.");
            return false;
        }

        return true;
    }
}
