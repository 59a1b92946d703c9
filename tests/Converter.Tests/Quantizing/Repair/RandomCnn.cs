using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Tests.Execute;

namespace EdgeQuant.Converter.Tests.Quantizing.Repair;

/// <summary>A small float network of random weights: convolution, depthwise convolution, convolution, pool, fully connected, softmax.</summary>
internal sealed class RandomCnn
{
    private readonly Random _random;

    private RandomCnn(int seed)
    {
        _random = new Random(seed);
    }

    public NetworkGraph Graph { get; } = new("random");

    /// <param name="seed">Where the weights come from.</param>
    /// <param name="spread">Each channel's weights are larger or smaller by up to this factor.</param>
    /// <param name="activation">What follows the convolutions.</param>
    public static RandomCnn Of(int seed, float spread = 1, Activation activation = Activation.Relu)
    {
        RandomCnn made = new(seed);
        Tensor data = FloatNode.Input(1, 8, 8, 3);
        made.Graph.Inputs.Add(data);
        Tensor x = made.Product(new Convolution2D(Window(1), activation), data, [20, 3, 3, 3], [1, 8, 8, 20], 0, spread);
        x = made.Product(new DepthwiseConvolution2D(Window(2), activation), x, [1, 3, 3, 20], [1, 4, 4, 20], 3, spread);
        x = made.Product(new Convolution2D(new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), activation), x, [12, 1, 1, 20], [1, 4, 4, 12], 0, spread);
        x = made.Add(new Pool2D(PoolKind.Average, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 2, 2, 12], x);
        x = made.Add(new Reshape(), [1, 48], x);
        x = made.Product(new FullyConnected(Activation.None), x, [5, 48], [1, 5], 0, spread);
        made.Graph.Outputs.Add(made.Add(new Softmax(1), [1, 5], x));
        return made;
    }

    public SampleSet Samples(int count)
    {
        return new SampleSet([.. Enumerable.Range(0, count).Select(_ => new[] { FloatNode.Numbers(_random, 1, 8, 8, 3) })], "made");
    }

    /// <summary>The values of a tensor for all samples.</summary>
    public static float[] Values(NetworkGraph graph, Tensor tensor, SampleSet samples)
    {
        float[][] values = new float[samples.Count][];
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => values[record] = workspace[tensor].ToArray());
        return [.. values.SelectMany(record => record)];
    }

    private static WindowAttributes Window(int stride)
    {
        return new WindowAttributes(stride, stride, 1, 1, 1, stride == 1 ? 1 : 0, 1, stride == 1 ? 1 : 0);
    }

    private Tensor Product(Operation operation, Tensor data, int[] weights, int[] shape, int axis, float spread)
    {
        int channels = weights[axis];
        float[] factors = [.. Enumerable.Range(0, channels).Select(_ => MathF.Pow(spread, (_random.NextSingle() * 2) - 1))];
        float[] values = FloatNode.Numbers(_random, weights);
        int size = values.Length / channels;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[axis == 0 ? i / size : i % channels] / MathF.Sqrt(size);
        }

        return Add(operation, shape, data, FloatNode.Constant(weights, values), FloatNode.Constant([channels], FloatNode.Numbers(_random, channels)));
    }

    private Tensor Add(Operation operation, int[] shape, params Tensor[] inputs)
    {
        Tensor output = new("tensor " + Graph.Nodes.Count, DataType.Float32, shape);
        Graph.Nodes.Add(new Node(operation, [.. inputs], [output]));
        return output;
    }
}
