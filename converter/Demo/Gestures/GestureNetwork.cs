using System.Runtime.InteropServices;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// The network: a window of acceleration in; two convolutions over time, the maximum of every four positions, a fully connected layer,
/// softmax; the probability of each <see cref="Gesture"/> out. Its parameters are random until <see cref="GestureTrainer"/> has trained it.
/// </summary>
internal sealed class GestureNetwork
{
    private const int Kernel = 5;
    private const int Stride = 2;
    private const int FirstChannels = 12;
    private const int SecondChannels = 16;
    private const int PoolSize = 4;

    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer _second;
    private readonly MaximumPoolLayer _pool;
    private readonly ConvolutionLayer _dense;

    /// <summary>Makes a network.</summary>
    /// <param name="noise">What its weights are drawn from.</param>
    public GestureNetwork(Noise noise)
    {
        _first = new ConvolutionLayer(GestureWindows.Length, Accelerometer.Axes, FirstChannels, Kernel, Stride, rectified: true, noise);
        _second = new ConvolutionLayer(_first.OutputPositions, FirstChannels, SecondChannels, Kernel, Stride, rectified: true, noise);
        _pool = new MaximumPoolLayer(_second.OutputPositions, SecondChannels, PoolSize);
        _dense = new ConvolutionLayer(1, _pool.OutputPositions * SecondChannels, Labels.Count, 1, 1, rectified: false, noise);
        Layers = [_first, _second, _pool, _dense];
    }

    /// <summary>The names of the outputs.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Enum.GetNames<Gesture>().Select(name => name.ToLowerInvariant())];

    /// <summary>The layers but for the softmax.</summary>
    public IReadOnlyList<TrainedLayer> Layers { get; }

    /// <summary>The number of weights and biases.</summary>
    public int Parameters => new[] { _first, _second, _dense }.Sum(layer => layer.Weights.Values.Length + layer.Biases.Values.Length);

    /// <summary>The probability of each gesture. The layers keep what they computed on the way.</summary>
    /// <param name="window">[time, x y z], in g.</param>
    public float[] Predict(float[] window)
    {
        float[] values = window;
        foreach (TrainedLayer layer in Layers)
        {
            values = layer.Forward(values);
        }

        float largest = values.Max();
        float[] powers = Array.ConvertAll(values, value => MathF.Exp(value - largest));
        float sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    /// <summary>The network as an ONNX file.</summary>
    public byte[] ToOnnx()
    {
        return OnnxExporter.Export(ToGraph()).File;
    }

    private NetworkGraph ToGraph()
    {
        NetworkGraph graph = new("gestures");
        Tensor window = new("acceleration", DataType.Float32, [1, GestureWindows.Length, 1, Accelerometer.Axes]);
        graph.Inputs.Add(window);
        Tensor values = Convolution(graph, "convolution 1", _first, window);
        values = Convolution(graph, "convolution 2", _second, values);
        Tensor pooled = new("pool", DataType.Float32, [1, _pool.OutputPositions, 1, _pool.Channels]);
        graph.Nodes.Add(new Node(new Pool2D(PoolKind.Maximum, PoolSize, 1, Window(PoolSize, 0), Activation.None), [values], [pooled]));
        Tensor flat = new("flat", DataType.Float32, [1, _dense.Channels]);
        graph.Nodes.Add(new Node(new Reshape(), [pooled], [flat]));
        Tensor scores = new("scores", DataType.Float32, [1, _dense.Outputs]);
        Tensor weights = Constant("dense, weights", [_dense.Outputs, _dense.Channels], _dense.Weights);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [flat, weights, Constant("dense, biases", [_dense.Outputs], _dense.Biases)], [scores]));
        Tensor gestures = new("gesture", DataType.Float32, [1, _dense.Outputs]);
        graph.Nodes.Add(new Node(new Softmax(1), [scores], [gestures]));
        graph.Outputs.Add(gestures);
        return graph;
    }

    private static Tensor Convolution(NetworkGraph graph, string name, ConvolutionLayer layer, Tensor input)
    {
        Tensor output = new(name, DataType.Float32, [1, layer.OutputPositions, 1, layer.Outputs]);
        Tensor weights = Constant(name + ", weights", [layer.Outputs, layer.Kernel, 1, layer.Channels], layer.Weights);
        Tensor biases = Constant(name + ", biases", [layer.Outputs], layer.Biases);
        graph.Nodes.Add(new Node(new Convolution2D(Window(layer.Stride, layer.Padding), Activation.Relu), [input, weights, biases], [output]));
        return output;
    }

    /// <summary>A window that slides over time, which stands where pictures have their height.</summary>
    private static WindowAttributes Window(int stride, int padding)
    {
        return new WindowAttributes(stride, 1, 1, 1, padding, padding, 0, 0);
    }

    private static Tensor Constant(string name, int[] shape, TrainedParameters parameters)
    {
        return new Tensor(name, DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(parameters.Values.AsSpan()).ToArray() };
    }
}
