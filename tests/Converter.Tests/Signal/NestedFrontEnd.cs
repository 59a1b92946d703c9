using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>A front end that is a network: 16-bit samples, rescaled to 8 bits.</summary>
internal static class NestedFrontEnd
{
    /// <summary>Its packed file.</summary>
    /// <param name="elements">The numbers of a frame, and its features.</param>
    public static byte[] File(int elements)
    {
        Tensor samples = new("samples", DataType.Int16, [1, elements]) { Quantization = Quantization.PerTensor(0.5f, 0) };
        Tensor features = new("features", DataType.Int8, [1, elements]) { Quantization = Quantization.PerTensor(9.7f, -11) };
        NetworkGraph graph = new("front end");
        graph.Inputs.Add(samples);
        graph.Outputs.Add(features);
        graph.Nodes.Add(new Node(new Quantize(), [samples], [features]));
        return GraphConverter.Convert(graph, [], "test", new ConversionOptions()).File;
    }
}
