using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>A float network on its way through repairs.</summary>
/// <param name="Graph">The network, which nobody changes any more.</param>
/// <param name="Tensors">For each tensor of the network as it was the one in its place.</param>
/// <param name="Statistics">What values the tensors take.</param>
/// <param name="Known">Ranges that are known beforehand; the samples' hold for all other tensors.</param>
/// <param name="Weights">Weights that are quantized already.</param>
internal sealed record RepairCandidate(
    NetworkGraph Graph,
    IReadOnlyDictionary<Tensor, Tensor> Tensors,
    CalibrationStatistics Statistics,
    IReadOnlyDictionary<Tensor, TensorRange> Known,
    IReadOnlyDictionary<Tensor, QuantizedWeights> Weights)
{
    /// <summary>The ranges that its tensors are quantized for.</summary>
    public ITensorRanges Ranges => new KnownRanges(Known, Statistics);

    /// <summary>A copy that may be changed, with all that is known.</summary>
    public RepairCandidate Copy()
    {
        GraphCopy copy = GraphCopy.Of(Graph);
        return new RepairCandidate(
            copy.Graph,
            Tensors.ToDictionary(pair => pair.Key, pair => copy.Tensors.GetValueOrDefault(pair.Value, pair.Value)),
            MappedStatistics.Of(Statistics, copy.Tensors),
            Known.ToDictionary(pair => copy.Tensors.GetValueOrDefault(pair.Key, pair.Key), pair => pair.Value),
            Weights.ToDictionary(pair => copy.Tensors[pair.Key], pair => pair.Value));
    }

    public QuantizedNetwork Quantize(Recipe recipe)
    {
        return Quantizer.Run(Graph, recipe, Ranges, Weights);
    }
}
