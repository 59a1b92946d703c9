using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>
/// A matrix product with one constant matrix is a fully connected layer, whose weights can have a scale for each output; a fully connected
/// layer with computed weights is a matrix product.
/// </summary>
internal sealed class ProductsToLayers : GraphPass
{
    public override string Name => "products-to-layers";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node[]? nodes = Rewritten(graph.Nodes[i]);
            if (nodes is not null)
            {
                graph.Nodes.RemoveAt(i);
                graph.Nodes.InsertRange(i, nodes);
                i += nodes.Length - 1;
                rewritten++;
            }
        }

        return rewritten;
    }

    private static Node[]? Rewritten(Node node)
    {
        if (node.Outputs.Length != 1 || node.Output().Type != DataType.Float32)
        {
            return null;
        }

        return node.Operation switch
        {
            BatchMatrixProduct { LeftTransposed: false } product when node.Input(1) is { IsConstant: true } right && right.Shape[..^2].All(size => size == 1) => [Layer(node, product, right)],
            FullyConnected layer when !node.Input(1).IsConstant => [.. Product(node, layer)],
            _ => null,
        };
    }

    private static Node Layer(Node node, BatchMatrixProduct product, Tensor right)
    {
        int rows = right.Shape[^2];
        int columns = right.Shape[^1];
        float[] values = ConstantValues.Of(right)!;
        int[] shape = product.RightTransposed ? [rows, columns] : [columns, rows];
        float[] weights = product.RightTransposed ? values : Transposed(values, rows, columns);
        return new Node(new FullyConnected(Activation.None), [node.Input(0), RealConstants.Of(right.Name, shape, weights), null], node.Outputs) { Source = node.Source };
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return transposed;
    }

    private static IEnumerable<Node> Product(Node node, FullyConnected layer)
    {
        Tensor output = node.Output();
        int outputs = node.Input(1).Shape[0];
        int columns = node.Input(1).Shape[1];
        Tensor rows = Like(output, "_rows", node.Input(0).ElementCount / columns, columns);
        yield return new Node(new Reshape(), [node.Input(0)], [rows]) { Source = node.Source };
        Tensor product = Like(output, "_product", rows.Shape[0], outputs);
        yield return new Node(new BatchMatrixProduct(LeftTransposed: false, RightTransposed: true), [rows, node.Input(1)], [product]) { Source = node.Source };
        if (node.OptionalInput(2) is not null || layer.Activation != Activation.None)
        {
            Tensor sum = Like(output, "_sum", rows.Shape[0], outputs);
            Tensor bias = node.OptionalInput(2) ?? RealConstants.Of(output.Name + "_zero", [1], [0]);
            yield return new Node(new Arithmetic(ArithmeticFunction.Add, layer.Activation), [product, bias], [sum]) { Source = node.Source };
            product = sum;
        }

        yield return new Node(new Reshape(), [product], [output]) { Source = node.Source };
    }

    private static Tensor Like(Tensor output, string suffix, params int[] shape)
    {
        return new Tensor(output.Name + suffix, output.Type, shape);
    }
}
