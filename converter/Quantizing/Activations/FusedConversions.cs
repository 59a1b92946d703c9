using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// A convolution or fully connected operator computes at once in the width that its readers want: a conversion from 8 to 16 bits or back is
/// taken into the product before it, where nothing else reads the product, and nothing but a reshape or transposition stands between. The
/// accumulators are then rounded once, to the wanted steps, instead of twice.
/// </summary>
internal sealed class FusedConversions
{
    private readonly NetworkGraph _graph;
    private readonly Dictionary<Tensor, Node> _producers = [];
    private readonly Dictionary<Tensor, int> _readers = [];
    private readonly HashSet<Tensor> _outputs;

    private FusedConversions(NetworkGraph graph)
    {
        _graph = graph;
        _outputs = [.. graph.Outputs];
        foreach (Node node in graph.Nodes)
        {
            foreach (Tensor output in node.Outputs)
            {
                _producers[output] = node;
            }

            foreach (Tensor input in node.Inputs.OfType<Tensor>())
            {
                _readers[input] = _readers.GetValueOrDefault(input) + 1;
            }
        }
    }

    /// <summary>Takes conversions into the products before them.</summary>
    /// <returns>The number of conversions that are gone.</returns>
    public static int Run(NetworkGraph graph)
    {
        FusedConversions fused = new(graph);
        return graph.Nodes.RemoveAll(node => IsConversion(node) && fused.Fuse(node));
    }

    private static bool IsConversion(Node node)
    {
        return node.Operation is Quantize
            && (node.Input(0).Type, node.Output().Type) is (DataType.Int8, DataType.Int16) or (DataType.Int16, DataType.Int8)
            && !node.Output().IsState;
    }

    /// <summary>The tensors from the product to the conversion take the form of the converted one; the last takes its place.</summary>
    private bool Fuse(Node conversion)
    {
        List<Tensor> tensors = [];
        Tensor tensor = conversion.Input(0);
        while (IsReadOnce(tensor) && _producers.TryGetValue(tensor, out Node? producer))
        {
            tensors.Add(tensor);
            if (producer.Operation is Convolution2D or DepthwiseConvolution2D or FullyConnected)
            {
                Convert(tensors, conversion.Output());
                return true;
            }

            if (producer.Operation is not (Reshape or Transpose))
            {
                return false;
            }

            tensor = producer.Input(0);
        }

        return false;
    }

    private bool IsReadOnce(Tensor tensor)
    {
        return _readers[tensor] == 1 && !_outputs.Contains(tensor) && tensor is { IsState: false, View: null };
    }

    private void Convert(List<Tensor> tensors, Tensor converted)
    {
        foreach (Tensor tensor in tensors)
        {
            tensor.Type = converted.Type;
            tensor.Quantization = converted.Quantization;
        }

        _graph.ReplaceUses(converted, tensors[0]);
        _readers[tensors[0]] = _readers.GetValueOrDefault(converted);
    }
}
