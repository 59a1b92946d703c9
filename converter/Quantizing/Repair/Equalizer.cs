using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Cross-layer equalization (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721):
/// where one product follows another, a factor of each channel between them moves from the weights of one into those of the other, so that
/// the weights of all channels have ranges of one size. What the network computes stays the same.
/// </summary>
internal static class Equalizer
{
    private const int MostRounds = 200;
    private const double Settled = 1e-3;

    /// <summary>One channel's factor in one round is kept within 1 / <see cref="LargestFactor"/> to <see cref="LargestFactor"/>.</summary>
    private const double LargestFactor = 1 << 10;

    /// <summary>Equalizes a network in place.</summary>
    /// <param name="graph">The float network, simplified.</param>
    /// <param name="largest">The largest value that a tensor takes on samples: operators that are limited to 6 and stay below lose the limit. Null if nothing is known.</param>
    /// <returns>How many pairs of products were equalized.</returns>
    public static int Run(NetworkGraph graph, Func<Tensor, float>? largest = null)
    {
        IReadOnlyList<EqualizablePair> pairs = new EqualizablePairs(graph, largest).Find();
        Dictionary<Tensor, float[]> constants = [];
        foreach (EqualizablePair pair in pairs)
        {
            foreach (Tensor constant in Constants(pair.First).Concat(Constants(pair.Second)))
            {
                _ = constants.TryAdd(constant, ConstantValues.Of(constant)!);
            }

            foreach (Node node in pair.Limited)
            {
                node.Operation = Unlimited(node.Operation);
            }
        }

        for (int round = 0; round < MostRounds && pairs.Select(pair => Equalize(pair, constants)).Append(0).Max() > Settled; round++)
        {
        }

        foreach (ProductWeights product in pairs.SelectMany(pair => new[] { pair.First, pair.Second }).DistinctBy(product => product.Node))
        {
            for (int i = ProductWeights.Input; i < product.Node.Inputs.Length; i++)
            {
                product.Node.Inputs[i] = product.Node.Inputs[i] is Tensor constant ? FloatConstant.Of(constant, constants[constant]) : null;
            }
        }

        return pairs.Count;
    }

    /// <summary>Moves factors between the two products.</summary>
    /// <returns>The largest logarithm of a factor.</returns>
    private static double Equalize(EqualizablePair pair, Dictionary<Tensor, float[]> constants)
    {
        float[] first = constants[pair.First.Tensor];
        float[] second = constants[pair.Second.Tensor];
        double[] factors = Factors(
            Ranges(first, pair.Channels, pair.First.OutputOf), Ranges(second, pair.Channels, element => pair.Second.DataChannelOf(element, pair.Channels)));
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
            float[] values = constants[bias];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(values[i] / factors[i]);
            }
        }

        return factors.Max(factor => Math.Abs(Math.Log(factor)));
    }

    /// <summary>With the factor root(r1 / r2) both ranges become root(r1 r2).</summary>
    private static double[] Factors(double[] first, double[] second)
    {
        return [.. first.Zip(second, (r1, r2) => r1 > 0 && r2 > 0 ? Math.Clamp(Math.Sqrt(r1 / r2), 1 / LargestFactor, LargestFactor) : 1)];
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
