using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Empirical bias correction (Nagel et al. 2019, arXiv 1906.04721, section 4.2): rounding moves the mean of a layer's outputs; the difference
/// of each channel's mean before the activation, between the float network and the quantized one, goes into the bias. Layer after layer, each
/// with the earlier ones corrected.
/// </summary>
internal sealed class BiasCorrection
{
    private readonly NetworkGraph _reference;
    private readonly IReadOnlyDictionary<Node, Node> _references;
    private readonly QuantizedNetwork _network;
    private readonly SampleSet _samples;
    private readonly CancellationToken _cancellation;

    private BiasCorrection(NetworkGraph graph, QuantizedNetwork network, SampleSet samples, CancellationToken cancellation)
    {
        GraphCopy reference = GraphCopy.Of(graph);
        (_reference, _references) = (reference.Graph, reference.Nodes);
        _network = network;
        _samples = samples;
        _cancellation = cancellation;
    }

    /// <summary>The operators whose biases are corrected.</summary>
    public static IReadOnlyList<ProductWeights> Layers(NetworkGraph graph)
    {
        return [.. graph.Nodes.Select(ProductWeights.Of).OfType<ProductWeights>().Where(product => product.Node.OptionalInput(ProductWeights.BiasInput) is null or { IsConstant: true })];
    }

    /// <summary>Corrects the biases of a network in place.</summary>
    /// <param name="graph">The float network; what it computes is changed by as much as quantization will change it back.</param>
    /// <param name="recipe">How it is quantized.</param>
    /// <param name="ranges">What values its activations take.</param>
    /// <param name="weights">Weights that are quantized already; null for none.</param>
    /// <param name="samples">What means are taken over.</param>
    /// <param name="progress">Told how many of the <see cref="Layers"/> are done.</param>
    /// <param name="cancellation">Ends the work between two records.</param>
    public static void Run(
        NetworkGraph graph,
        Recipe recipe,
        ITensorRanges ranges,
        IReadOnlyDictionary<Tensor, QuantizedWeights>? weights,
        SampleSet samples,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        BiasCorrection correction = new(graph, Quantizer.Run(graph, recipe, ranges, weights), samples, cancellation);
        IReadOnlyList<ProductWeights> layers = Layers(graph);
        for (int i = 0; i < layers.Count; i++)
        {
            correction.Correct(layers[i]);
            progress?.Report(i + 1);
        }
    }

    private void Correct(ProductWeights product)
    {
        Node node = _network.Nodes[product.Node];
        double[] expected = Means(_reference, _references[product.Node], product.Outputs);
        double[] found = Means(_network.Graph, node, product.Outputs);
        Tensor? bias = product.Node.OptionalInput(ProductWeights.BiasInput);
        float[] values = bias is null ? new float[product.Outputs] : ConstantValues.Of(bias)!;
        float[] simulated = node.OptionalInput(ProductWeights.BiasInput) is Tensor integers ? ConstantValues.Of(ImpliedBias.Of(node) ?? integers)! : new float[product.Outputs];
        for (int i = 0; i < values.Length; i++)
        {
            float difference = (float)(expected[i] - found[i]);
            values[i] += difference;
            simulated[i] += difference;
        }

        string name = bias?.Name ?? product.Tensor.Name + "_bias";
        SetBias(product.Node, FloatConstant.Of(name, [product.Outputs], values, bias?.SourceIndex ?? -1));
        SetBias(node, FloatConstant.Of(name, [product.Outputs], simulated));
    }

    /// <summary>Each channel's mean before the activation.</summary>
    private double[] Means(NetworkGraph graph, Node node, int channels)
    {
        (NetworkGraph prefix, Tensor output) = BeforeActivation(graph, node);
        double[][] sums = new double[_samples.Count][];
        FloatExecutor.Of(prefix).RunAll(_samples, (record, workspace) => sums[record] = Sums(workspace[output], channels), cancellation: _cancellation);
        double rows = (double)_samples.Count * output.ElementCount / channels;
        return [.. Enumerable.Range(0, channels).Select(channel => sums.Sum(sum => sum[channel]) / rows)];
    }

    /// <summary>A network that ends with what a product gives before activation and rounding.</summary>
    private static (NetworkGraph Graph, Tensor Output) BeforeActivation(NetworkGraph graph, Node node)
    {
        Tensor output = new(node.Output().Name, DataType.Float32, node.Output().Shape);
        Node bare = new(ProductWeights.WithActivation(node.Operation, Activation.None), [.. node.Inputs.Take(ProductWeights.BiasInput + 1)], [output]) { Source = node.Source };
        NetworkGraph prefix = Prefix.Of(graph, [.. bare.Inputs.OfType<Tensor>()]);
        prefix.Nodes.Insert(prefix.Nodes.IndexOf(node) is var at && at >= 0 ? at : prefix.Nodes.Count, bare);
        return (prefix, output);
    }

    private static double[] Sums(ReadOnlySpan<float> values, int channels)
    {
        double[] sums = new double[channels];
        float[] row = new float[channels];
        const int RowsAtOnce = 64;
        for (int start = 0; start < values.Length; start += RowsAtOnce * channels)
        {
            int end = Math.Min(values.Length, start + (RowsAtOnce * channels));
            Array.Clear(row);
            for (int at = start; at < end; at += channels)
            {
                TensorPrimitives.Add(row, values.Slice(at, channels), row);
            }

            for (int channel = 0; channel < channels; channel++)
            {
                sums[channel] += row[channel];
            }
        }

        return sums;
    }

    private static void SetBias(Node node, Tensor bias)
    {
        node.Inputs = [node.Inputs[0], node.Inputs[ProductWeights.Input], bias, .. node.Inputs.Skip(ProductWeights.BiasInput + 1)];
    }
}
