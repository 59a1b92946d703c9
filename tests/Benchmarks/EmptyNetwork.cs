using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Benchmarks;

/// <summary>A network that gives back what it gets: what it takes in ONNX Runtime is the call, from the script to native code and back.</summary>
internal static class EmptyNetwork
{
    /// <summary>Makes one with the inputs of another network. It copies them, which the other does not, so its call is rather dearer.</summary>
    /// <param name="inputs">The other network's inputs.</param>
    /// <returns>The ONNX file.</returns>
    public static byte[] Like(IEnumerable<Tensor> inputs)
    {
        NetworkGraph graph = new("empty");
        graph.Inputs.AddRange(inputs.Select(input => new Tensor(input.Name, input.Type, input.Shape)));
        graph.Outputs.AddRange(graph.Inputs);
        return OnnxExporter.Export(graph).File;
    }
}
