using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Cross-layer equalization (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721):
/// where one product follows another, a factor of each channel between them moves from one into the other, so that what shares a scale has
/// the same range in all channels. What the network computes stays the same. What shares a scale on the first side is the tensor between the two
/// (its ranges as in Xiao et al. 2022, "SmoothQuant", arXiv 2211.10438) and the first's weights, unless they have a scale for each channel; on the
/// second side the second's weights, unless each of their channels reads one channel and has its own scale.
/// </summary>
internal sealed class Equalizer
{
    private const int MostRounds = 200;
    private const double Settled = 1e-3;

    /// <summary>One channel's factor in one round is kept within 1 / <see cref="LargestFactor"/> to <see cref="LargestFactor"/>.</summary>
    private const double LargestFactor = 1 << 10;

    /// <summary>A channel that samples hardly show may be larger on others: it is taken to have at least so much of the tensor's range.</summary>
    private const double LeastSeen = 1.0 / 32;

    private readonly Func<Node, bool> _perChannel;
    private readonly IReadOnlyList<EqualizablePair> _pairs;
    private readonly Dictionary<Tensor, float[]> _constants = [];
    private readonly Dictionary<Tensor, double[]> _activations = [];

    private Equalizer(NetworkGraph graph, Func<Node, bool>? perChannel, Func<Tensor, TensorStatistics>? seen)
    {
        _perChannel = perChannel ?? (_ => false);
        _pairs = new EqualizablePairs(graph, seen).Find();
        foreach (EqualizablePair pair in _pairs)
        {
            foreach (Tensor constant in Constants(pair.First).Concat(Constants(pair.Second)))
            {
                _ = _constants.TryAdd(constant, ConstantValues.Of(constant)!);
            }

            if (seen is not null)
            {
                _activations.Add(pair.Between[0], Magnitudes(seen(pair.Between[0]).Channels));
            }
        }
    }

    /// <summary>Equalizes a network in place.</summary>
    /// <param name="graph">The float network, simplified.</param>
    /// <param name="perChannel">True if a product's weights will have a scale for each output channel; null if none will.</param>
    /// <param name="seen">
    /// What values a tensor takes on samples: operators that are limited to 6 and are likely to stay below lose the limit. Null if nothing is known.
    /// </param>
    /// <returns>The pairs of products that were equalized.</returns>
    public static IReadOnlyList<EqualizablePair> Run(NetworkGraph graph, Func<Node, bool>? perChannel = null, Func<Tensor, TensorStatistics>? seen = null)
    {
        Equalizer equalizer = new(graph, perChannel, seen);
        for (int round = 0; round < MostRounds && equalizer._pairs.Select(equalizer.Equalize).Append(0).Max() > Settled; round++)
        {
        }

        equalizer.Write();
        return equalizer._pairs;
    }

    private void Write()
    {
        foreach (Node node in _pairs.SelectMany(pair => pair.Limited))
        {
            node.Operation = Unlimited(node.Operation);
        }

        foreach (ProductWeights product in _pairs.SelectMany(pair => new[] { pair.First, pair.Second }).DistinctBy(product => product.Node))
        {
            for (int i = ProductWeights.Input; i < product.Node.Inputs.Length; i++)
            {
                product.Node.Inputs[i] = product.Node.Inputs[i] is Tensor constant ? FloatConstant.Of(constant, _constants[constant]) : null;
            }
        }
    }

    /// <summary>Moves factors between the two products.</summary>
    /// <returns>The largest logarithm of a factor.</returns>
    private double Equalize(EqualizablePair pair)
    {
        float[] first = _constants[pair.First.Tensor];
        float[] second = _constants[pair.Second.Tensor];
        double[] factors = [.. FirstRanges(pair, first).Zip(SecondRanges(pair, second), Factor)];
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = (float)(first[i] / factors[pair.First.OutputOf(i)]);
        }

        for (int i = 0; i < second.Length; i++)
        {
            second[i] = (float)(second[i] * factors[pair.Second.DataChannelOf(i, pair.Channels)]);
        }

        if (pair.First.Node.OptionalInput(ProductWeights.BiasInput) is Tensor bias)
        {
            float[] values = _constants[bias];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(values[i] / factors[i]);
            }
        }

        if (_activations.TryGetValue(pair.Between[0], out double[]? activations))
        {
            for (int i = 0; i < activations.Length; i++)
            {
                activations[i] /= factors[i];
            }
        }

        return factors.Max(factor => Math.Abs(Math.Log(factor)));
    }

    /// <summary>The ranges of what a factor divides, channel by channel, in units of the first's weights.</summary>
    private double[] FirstRanges(EqualizablePair pair, float[] weights)
    {
        double[] ranges = Ranges(weights, pair.Channels, pair.First.OutputOf);
        double largest = ranges.Max();
        double[]? activations = _activations.GetValueOrDefault(pair.Between[0]);
        double largestActivation = activations?.Max() ?? 0;
        if (largest == 0 || activations is null || largestActivation == 0)
        {
            return ranges;
        }

        bool own = _perChannel(pair.First.Node);
        return [.. ranges.Zip(activations, (weight, activation) => weight == 0 ? 0 : Math.Max(own ? 0 : weight, largest * activation / largestActivation))];
    }

    /// <summary>The ranges of what a factor multiplies, channel by channel.</summary>
    private double[] SecondRanges(EqualizablePair pair, float[] weights)
    {
        double[] ranges = Ranges(weights, pair.Channels, element => pair.Second.DataChannelOf(element, pair.Channels));
        return pair.Second.IsDepthwise && _perChannel(pair.Second.Node) ? [.. ranges.Select(range => range > 0 ? ranges.Max() : 0)] : ranges;
    }

    /// <summary>With the factor root(r1 / r2) both ranges become root(r1 r2).</summary>
    private static double Factor(double first, double second)
    {
        return first > 0 && second > 0 ? Math.Clamp(Math.Sqrt(first / second), 1 / LargestFactor, LargestFactor) : 1;
    }

    /// <summary>The largest magnitude of each channel's weights.</summary>
    private static double[] Ranges(float[] weights, int channels, Func<int, int> channelOf)
    {
        double[] ranges = new double[channels];
        for (int i = 0; i < weights.Length; i++)
        {
            int channel = channelOf(i);
            ranges[channel] = Math.Max(ranges[channel], Math.Abs(weights[i]));
        }

        return ranges;
    }

    private static double[] Magnitudes(ChannelStatistics channels)
    {
        double[] seen = [.. channels.Minimum.Zip(channels.Maximum, (minimum, maximum) => (double)Math.Max(-minimum, maximum))];
        return [.. seen.Select(magnitude => Math.Max(magnitude, seen.Max() * LeastSeen))];
    }

    private static IEnumerable<Tensor> Constants(ProductWeights product)
    {
        return product.Node.Inputs.Skip(ProductWeights.Input).OfType<Tensor>();
    }

    private static Operation Unlimited(Operation operation)
    {
        return operation switch
        {
            Unary => new Unary(UnaryFunction.Relu),
            Pool2D pool => pool with { Activation = Activation.Relu },
            _ => ProductWeights.WithActivation(operation, Activation.Relu),
        };
    }
}
