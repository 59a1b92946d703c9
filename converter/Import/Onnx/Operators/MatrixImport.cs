using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Matrix products: with a constant right side they are fully connected layers.</summary>
internal static class MatrixImport
{
    /// <summary>alpha x left x right + beta x addend, for matrices that may be transposed.</summary>
    public static void Gemm(ImportContext context)
    {
        context.RequireVersion(7);
        NodeBuilder graph = context.Graph;
        Tensor left = context.Input(0);
        Tensor right = context.Input(1);
        Tensor? addend = context.OptionalInput(2);
        float alpha = context.Attributes.Float("alpha", 1);
        float beta = context.Attributes.Float("beta", 1);
        bool leftTransposed = context.Attributes.Flag("transA");
        bool rightTransposed = context.Attributes.Flag("transB");
        ImportContext.Require(left.Rank == 2 && right.Rank == 2, $"Its inputs {left} and {right} are no matrices.");
        int rows = left.Shape[leftTransposed ? 1 : 0];
        int columns = right.Shape[rightTransposed ? 0 : 1];
        ImportContext.Require(
            left.Shape[leftTransposed ? 0 : 1] == right.Shape[rightTransposed ? 1 : 0], $"The columns of the left matrix {left} and the rows of the right one {right} have different lengths.");
        ImportContext.Require(
            addend is null || Shapes.Broadcast(addend.Shape, [rows, columns]) is [int height, int width] && height == rows && width == columns,
            $"What it adds, {addend}, cannot be broadcast to [{rows},{columns}].");
        if (addend is not null)
        {
            addend = beta == 0 ? null : Scaled(graph, addend, beta);
        }

        if (right.IsConstant)
        {
            Tensor weights = Scaled(graph, rightTransposed ? right : graph.Transposed(right, 1, 0), alpha);
            Tensor data = leftTransposed ? graph.Transposed(left, 1, 0) : left;
            Tensor? bias = BiasOf(graph, addend, columns);
            Tensor sum = graph.Add(new FullyConnected(Activation.None), [rows, columns], data, weights, bias);
            context.Give(addend is null || bias is not null ? sum : graph.Arithmetic(ArithmeticFunction.Add, sum, addend));
            return;
        }

        Tensor product = Scaled(graph, graph.Add(new BatchMatrixProduct(leftTransposed, rightTransposed), [rows, columns], left, right), alpha);
        context.Give(addend is null ? product : graph.Arithmetic(ArithmeticFunction.Add, product, addend));
    }

    public static void MatMul(ImportContext context)
    {
        context.Give(Product(context.Graph, context.Input(0), context.Input(1)));
    }

    /// <summary>The product of matrices that are the last two dimensions, with the others broadcast against each other.</summary>
    public static Tensor Product(NodeBuilder graph, Tensor left, Tensor right)
    {
        ImportContext.Require(left.Rank > 0 && right.Rank > 0, $"Its inputs {left} and {right} must have dimensions.");

        // A vector is a matrix with one row on the left, with one column on the right; the product has no such dimension.
        int[] leftShape = left.Rank == 1 ? [1, left.Shape[0]] : left.Shape;
        int[] rightShape = right.Rank == 1 ? [right.Shape[0], 1] : right.Shape;
        ImportContext.Require(leftShape[^1] == rightShape[^2], $"The columns of the left matrix {left} and the rows of the right one {right} have different lengths.");
        int[] product = [.. Shapes.Broadcast(leftShape[..^2], rightShape[..^2]), leftShape[^2], rightShape[^1]];
        int[] shape = [.. product[..^2], .. (left.Rank == 1 ? [] : product[^2..^1]), .. (right.Rank == 1 ? [] : product[^1..])];
        Tensor first = graph.Reshaped(left, leftShape);
        Tensor second = graph.Reshaped(right, rightShape);
        bool layer = right.IsConstant && rightShape[..^2].All(size => size == 1);
        Tensor result = layer
            ? graph.Add(new FullyConnected(Activation.None), product, first, graph.Transposed(graph.Reshaped(second, rightShape[^2..]), 1, 0))
            : graph.Add(new BatchMatrixProduct(LeftTransposed: false, RightTransposed: false), product, first, second);
        return graph.Reshaped(result, shape);
    }

    /// <summary>What is added as a bias: a constant with an element for each column, or one for all.</summary>
    private static Tensor? BiasOf(NodeBuilder graph, Tensor? addend, int columns)
    {
        if (addend is not { IsConstant: true } || Shapes.Elements(addend.Shape) != (addend.Rank == 0 ? 1 : addend.Shape[^1]))
        {
            return null;
        }

        Tensor row = graph.Reshaped(addend, addend.ElementCount);
        return row.ElementCount == columns ? row : graph.Add(new BroadcastTo(), [columns], row);
    }

    private static Tensor Scaled(NodeBuilder graph, Tensor matrix, float factor)
    {
        return factor == 1 ? matrix : graph.Arithmetic(ArithmeticFunction.Multiply, matrix, graph.Constant([], factor));
    }
}
