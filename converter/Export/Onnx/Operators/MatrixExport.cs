using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Matrix products.</summary>
internal static class MatrixExport
{
    private const int Weights = 1;
    private const int Bias = 2;

    /// <summary>A Gemm of rows; data of other shapes are reshaped before and after, as integers.</summary>
    public static void FullyConnected(Node node, FullyConnected operation, ExportContext context)
    {
        Tensor data = node.Input(0);
        Tensor weights = node.Input(Weights);
        Tensor output = node.Output();
        int columns = weights.Shape[1];
        int rows = data.ElementCount / columns;
        string real = context.Writer.Emit(
            "Gemm",
            output.Name + "_sum",
            [
                context.Real(Reshaped(data, [rows, columns], context)),
                context.Real(weights),
                .. node.OptionalInput(Bias) is Tensor bias ? [BiasExport.Write(bias, data, weights, context)] : Array.Empty<string>(),
            ],
            ("transB", 1));
        string stored = context.Quantized(output, context.Activated(real, operation.Activation, output));
        context.SetStored(output, output.Rank == 2 ? stored : Reshaped(stored, output, output.Shape, context));
    }

    /// <summary>Products over the last two dimensions, whose inputs may be transposed.</summary>
    public static void Batches(Node node, BatchMatrixProduct operation, ExportContext context)
    {
        string left = Side(node.Input(0), operation.LeftTransposed, context);
        string right = Side(node.Input(1), operation.RightTransposed, context);
        context.Set(node.Output(), context.Writer.Emit("MatMul", node.Output().Name + "_sum", [left, right]));
    }

    private static string Side(Tensor matrix, bool isTransposed, ExportContext context)
    {
        int[] order = [.. Enumerable.Range(0, matrix.Rank - 2), matrix.Rank - 1, matrix.Rank - 2];
        return isTransposed ? context.Ordered(matrix, order) : context.Real(matrix);
    }

    /// <summary>The same tensor in another shape, which has to be dequantized anew.</summary>
    private static Tensor Reshaped(Tensor tensor, int[] shape, ExportContext context)
    {
        if (tensor.Shape.AsSpan().SequenceEqual(shape))
        {
            return tensor;
        }

        Tensor reshaped = new(tensor.Name, tensor.Type, shape) { Quantization = tensor.Quantization };
        context.SetStored(reshaped, Reshaped(context.Stored(tensor), tensor, shape, context));
        return reshaped;
    }

    private static string Reshaped(string stored, Tensor tensor, int[] shape, ExportContext context)
    {
        return context.Writer.Emit("Reshape", tensor.Name + "_reshaped", [stored, context.Writer.Integers(Array.ConvertAll(shape, size => (long)size))]);
    }
}
