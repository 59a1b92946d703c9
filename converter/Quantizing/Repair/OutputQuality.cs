using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// How close quantized networks come to a float one on samples. A closing softmax or logistic function is left out: behind it the differences
/// that matter are hidden by saturation.
/// </summary>
internal sealed class OutputQuality
{
    private readonly NetworkGraph _graph;
    private readonly SampleSet _samples;
    private readonly Tensor[] _outputs;
    private readonly float[][][] _expected;
    private readonly CancellationToken _cancellation;

    /// <param name="graph">The float network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellation">Ends a run between two records.</param>
    public OutputQuality(NetworkGraph graph, SampleSet samples, CancellationToken cancellation)
    {
        _graph = graph;
        _samples = samples;
        _cancellation = cancellation;
        _outputs = [.. graph.Outputs.Select(Open).Where(output => !output.IsConstant).Distinct()];
        _expected = new float[samples.Count][][];
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => _expected[record] = Array.ConvertAll(_outputs, output => workspace[output].ToArray()), cancellation: cancellation);
    }

    /// <summary>Measures a quantized network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The tensor of the network's source that holds what one of the float network holds.</param>
    public Quality Measure(QuantizedNetwork network, Func<Tensor, Tensor> source)
    {
        Tensor[] outputs = Array.ConvertAll(_outputs, output => network.Tensors[source(output)]);
        (double Signal, double Noise)[] sums = new (double, double)[_samples.Count];
        bool[] right = new bool[_samples.Count];
        FloatExecutor.Of(network.Graph).RunAll(
            _samples,
            (record, workspace) =>
            {
                for (int i = 0; i < outputs.Length; i++)
                {
                    Add(_expected[record][i], workspace[outputs[i]], ref sums[record]);
                }

                right[record] = _samples.Labels is int[] labels && TensorPrimitives.IndexOfMax(workspace[outputs[0]]) == labels[record];
            },
            cancellation: _cancellation);
        double signal = sums.Sum(sum => sum.Signal);
        double noise = sums.Sum(sum => sum.Noise);
        return new Quality(noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise), _samples.Labels is null ? null : right);
    }

    /// <summary>The input of a closing softmax or logistic function.</summary>
    private Tensor Open(Tensor output)
    {
        return _graph.Producer(output) is { Operation: Softmax or LogSoftmax or Unary { Function: UnaryFunction.Logistic } or Reshape } node && _graph.Consumers(node.Input(0)).Count() == 1
            ? Open(node.Input(0))
            : output;
    }

    private static void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, ref (double Signal, double Noise) sums)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double error = (double)found[i] - expected[i];
            sums.Signal += (double)expected[i] * expected[i];
            sums.Noise += error * error;
        }
    }
}
