using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Layout;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// What puts the outputs or inputs of a layer in another order becomes an order of its weights: the axes of an image that a fully connected
/// layer gives, channels that are gathered by a constant order.
/// </summary>
internal sealed class OrdersIntoLayers : GraphPass
{
    public override string Name => "orders-into-layers";

    public override int Run(NetworkGraph graph)
    {
        TensorUses uses = new(graph);
        foreach (Node node in graph.Nodes)
        {
            switch (node.Operation)
            {
                case Transpose: Image(uses, node); break;
                case Gather gather: Channels(uses, node, gather); break;
            }
        }

        return uses.Finish();
    }

    /// <summary>The outputs of a fully connected layer become an image whose axes are put in order.</summary>
    private static void Image(TensorUses uses, Node transpose)
    {
        Tensor image = transpose.Input(0);
        if (uses.Maker(image) is not { Operation: Reshape } reshape
            || !uses.HasOneReader(image)
            || ConstantReader.ConstantInts(transpose.Input(1)) is not int[] permutation
            || Source(uses, reshape.Input(0)) is not { Node.Operation: FullyConnected } layer)
        {
            return;
        }

        // Axes before those that the layer's outputs become stay where they are.
        int first = image.Rank;
        long elements = 1;
        while (first > 0 && elements < layer.Outputs)
        {
            elements *= image.Shape[--first];
        }

        if (elements != layer.Outputs || !permutation.Take(first).SequenceEqual(Enumerable.Range(0, first)))
        {
            return;
        }

        Tensor numbers = new("order", DataType.Int32, image.Shape[first..]) { Data = IntegerConstant.Bytes(DataType.Int32, [.. Enumerable.Range(0, layer.Outputs).Select(i => (long)i)]) };
        int[] inner = [.. permutation.Skip(first).Select(axis => axis - first)];
        if (ConstantReader.ConstantInts(TransposedConstant.Of(numbers, numbers.Shape, inner)) is not int[] order)
        {
            return;
        }

        uses.SetInputs(layer.Node, layer.WithOutputs(order));
        uses.Merge(reshape, transpose);
    }

    /// <summary>The channels that a layer gives, or those that layers take, are gathered in another order.</summary>
    private static void Channels(TensorUses uses, Node node, Gather gather)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (ConstantReader.ConstantInts(node.Input(1)) is not int[] order
            || AxisIndex.FromFront(gather.Axis, data.Rank) != data.Rank - 1
            || !data.Shape.AsSpan().SequenceEqual(output.Shape)
            || !order.Order().SequenceEqual(Enumerable.Range(0, data.Shape[^1])))
        {
            return;
        }

        if (uses.Maker(data) is Node maker && Source(uses, data) is LayerWeights layer && layer.Outputs == order.Length && TakesAll(layer.Node))
        {
            uses.SetInputs(layer.Node, layer.WithOutputs(order));
            uses.Merge(maker, node);
            return;
        }

        LayerWeights?[] readers = [.. uses.Readers(output).Select(LayerWeights.Of)];
        if (uses.IsInside(output) && readers.Length > 0 && Array.TrueForAll(readers, reader => reader is not null && reader.Node.Input(0) == output && Takes(reader.Node, order.Length)))
        {
            foreach (LayerWeights? reader in readers)
            {
                uses.SetInputs(reader!.Node, [data, .. reader.WithInputs(Permutation.Inverse(order)).Skip(1)]);
            }

            uses.Remove(node);
        }
    }

    /// <summary>True if every output of a layer reads all channels.</summary>
    private static bool TakesAll(Node layer)
    {
        return layer.Operation is not DepthwiseConvolution2D && Takes(layer, layer.Operation is FullyConnected ? layer.Input(1).Shape[1] : layer.Input(0).Shape[^1]);
    }

    private static bool Takes(Node layer, int channels)
    {
        return layer.Operation is not DepthwiseConvolution2D && layer.Input(1).Shape[^1] == channels;
    }

    /// <summary>The layer that a tensor comes from through functions of every element, all read by nothing else; null if there is none.</summary>
    private static LayerWeights? Source(TensorUses uses, Tensor tensor)
    {
        while (uses.HasOneReader(tensor) && uses.Maker(tensor) is Node maker)
        {
            if (maker.Operation is not (Unary or Parametric or LeakyRelu))
            {
                return LayerWeights.Of(maker);
            }

            tensor = maker.Input(0);
        }

        return null;
    }
}
