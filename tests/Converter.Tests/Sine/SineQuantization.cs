using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Sine;

/// <summary>
/// Quantizes the sine network to int8 and makes a graph of it: float angle, quantize, three fully connected layers in int8, dequantize, float
/// result. Weights are symmetric with a scale for each output; the ranges of activations are those over all angles that the input can express.
/// </summary>
internal sealed class SineQuantization
{
    private const int Steps = 255;
    private const int LowestValue = -128;
    private const int LargestWeight = 127;

    /// <summary>The range of weights that are all 0, a dead unit's: a scale must be above 0.</summary>
    private const double SmallestRange = 1e-6;

    private readonly NetworkGraph _graph = new("sine");

    private SineQuantization()
    {
    }

    /// <summary>Quantizes a trained network.</summary>
    public static NetworkGraph Quantize(SineNetwork network)
    {
        return new SineQuantization().Run(network);
    }

    private NetworkGraph Run(SineNetwork network)
    {
        Quantization[] ranges = Ranges(network);
        Tensor angle = new("angle", DataType.Float32, [1, 1]);
        Tensor sine = new("sine", DataType.Float32, [1, 1]);
        _graph.Inputs.Add(angle);
        _graph.Outputs.Add(sine);
        Tensor value = new("angle, quantized", DataType.Int8, [1, 1]) { Quantization = Range(0, SineNetwork.Largest) };
        _graph.Nodes.Add(new Node(new Quantize(), [angle], [value]));
        for (int i = 0; i < network.Layers.Length; i++)
        {
            value = Add(network.Layers[i], i, value, ranges[i], centered: i == 0);
        }

        _graph.Nodes.Add(new Node(new Dequantize(), [value], [sine]));
        return _graph;
    }

    /// <summary>The range of each layer's outputs over all angles that the quantized input can express.</summary>
    private static Quantization[] Ranges(SineNetwork network)
    {
        double[] lowest = new double[network.Layers.Length];
        double[] highest = new double[network.Layers.Length];
        for (int step = 0; step <= Steps; step++)
        {
            network.Predict(SineNetwork.Largest * step / Steps);
            for (int i = 0; i < network.Layers.Length; i++)
            {
                lowest[i] = Math.Min(lowest[i], network.Layers[i].Output.Min());
                highest[i] = Math.Max(highest[i], network.Layers[i].Output.Max());
            }
        }

        return [.. lowest.Zip(highest, Range)];
    }

    /// <summary>Quantization that expresses a range, which holds 0, in 256 values.</summary>
    private static Quantization Range(double lowest, double highest)
    {
        float scale = (float)((highest - lowest) / Steps);
        return Quantization.PerTensor(scale, LowestValue + (int)Math.Round(-lowest / scale));
    }

    private Tensor Add(DenseLayer layer, int index, Tensor input, Quantization range, bool centered)
    {
        float[] scales = new float[layer.Outputs];
        sbyte[] weights = new sbyte[layer.Outputs * layer.Inputs];
        byte[] biases = new byte[layer.Outputs * sizeof(int)];
        for (int o = 0; o < layer.Outputs; o++)
        {
            // The first layer was trained with angle / pi - 1; here it gets the angle itself.
            double[] row = [.. Enumerable.Range(0, layer.Inputs).Select(i => layer.Weight(o, i) / (centered ? Math.PI : 1))];
            double bias = layer.Bias(o) - (centered ? layer.Weight(o, 0) : 0);
            scales[o] = (float)(Math.Max(row.Max(Math.Abs), SmallestRange) / LargestWeight);
            for (int i = 0; i < row.Length; i++)
            {
                weights[(o * layer.Inputs) + i] = (sbyte)Math.Round(row[i] / scales[o]);
            }

            int quantized = (int)Math.Round(bias / (input.Quantization!.Scale * scales[o]));
            BinaryPrimitives.WriteInt32LittleEndian(biases.AsSpan(o * sizeof(int)), quantized);
        }

        Tensor output = new($"layer {index}", DataType.Int8, [1, layer.Outputs]) { Quantization = range };
        Tensor weight = new($"weights {index}", DataType.Int8, [layer.Outputs, layer.Inputs])
        {
            Data = MemoryMarshal.AsBytes(weights.AsSpan()).ToArray(),
            Quantization = new Quantization(scales, new long[scales.Length], 0),
        };
        Tensor bias32 = new($"biases {index}", DataType.Int32, [layer.Outputs]) { Data = biases };
        _graph.Nodes.Add(new Node(new FullyConnected(layer.Rectified ? Activation.Relu : Activation.None), [input, weight, bias32], [output]));
        return output;
    }
}
