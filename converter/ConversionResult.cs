using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Converter.Quantizing;

namespace EdgeQuant.Converter;

/// <summary>A packed model and how it came about.</summary>
/// <param name="File">The <c>.eqm</c> file.</param>
/// <param name="Graph">The graph after all passes.</param>
/// <param name="Network">The operators in the file, in its order; tensors name the graph's tensors that they hold.</param>
/// <param name="Plan">The size of the arena and its lower bound.</param>
/// <param name="Card">The model card in the file.</param>
internal sealed record ConversionResult(byte[] File, NetworkGraph Graph, LoweredNetwork Network, ArenaPlan Plan, ModelCard Card)
{
    /// <summary>How the network was quantized; null if it came quantized.</summary>
    public QuantizationResult? Quantization { get; init; }

    /// <summary>
    /// With <see cref="Quantization"/>: the copy of the quantized network that the passes made <see cref="Graph"/> of. Its maps lead from the
    /// quantized network's tensors and nodes to those that the lowered operators name.
    /// </summary>
    public GraphCopy? Lowered { get; init; }
}
