using System.Runtime.InteropServices;
using EdgeQuant.Converter.Tests.Import.TensorFlowLite;

namespace EdgeQuant.Tool.Tests;

/// <summary>
/// A float network of three fully connected layers as a TensorFlow Lite file, its weights drawn from a seed; samples, and the classes that the
/// network itself gives them, so that it is right about all.
/// </summary>
public sealed class FloatModel : IDisposable
{
    public const int Records = 400;
    public const int Inputs = 6;
    public const int Classes = 4;

    private const sbyte Float32 = 0;
    private const int FullyConnected = 9;
    private const byte FullyConnectedOptions = 8;

    private static readonly int[] s_sizes = [Inputs, 16, 16, Classes];

    private readonly TemporaryFolder _folder = new();
    private readonly float[][] _weights;

    public FloatModel()
    {
        Random random = new(1);
        _weights = [.. Enumerable.Range(0, s_sizes.Length - 1).Select(layer => Values(random, s_sizes[layer] * s_sizes[layer + 1]))];
        float[] samples = Values(random, Records * Inputs);
        int[] labels = [.. samples.Chunk(Inputs).Select(record => Array.IndexOf(Outputs(record), Outputs(record).Max()))];
        Path = _folder.Write("layers.tflite", File());
        Samples = _folder.Write("samples.npy", NumPyFile.Of(samples, Records, Inputs));
        Labels = _folder.Write("labels.npy", NumPyFile.Of(labels, Records));
        float[] outputs = [.. samples.Chunk(Inputs).SelectMany(Outputs)];
        Targets = _folder.Write("targets.npy", NumPyFile.Of(outputs, Records, Classes));
    }

    /// <summary>The network.</summary>
    public string Path { get; }

    /// <summary>Records of six numbers from -1 to 1.</summary>
    public string Samples { get; }

    /// <summary>The class of each.</summary>
    public string Labels { get; }

    /// <summary>What the network gives for each.</summary>
    public string Targets { get; }

    /// <summary>The network's file.</summary>
    /// <param name="weight">The first weight; null for the one that was drawn.</param>
    public byte[] File(float? weight = null)
    {
        List<TableBuilder> tensors = [ModelParts.Tensor("x", Float32, [1, Inputs])];
        List<TableBuilder> nodes = [];
        List<TableBuilder> buffers = [ModelParts.Buffer()];
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            float[] weights = [.. _weights[layer]];
            weights[0] = layer == 0 ? weight ?? weights[0] : weights[0];
            buffers.Add(ModelParts.Buffer([.. MemoryMarshal.AsBytes(weights.AsSpan())]));
            tensors.Add(ModelParts.Tensor($"weights {layer}", Float32, [s_sizes[layer + 1], s_sizes[layer]], (uint)layer + 1));
            tensors.Add(ModelParts.Tensor($"layer {layer}", Float32, [1, s_sizes[layer + 1]]));
            sbyte activation = layer < _weights.Length - 1 ? (sbyte)1 : (sbyte)0;
            nodes.Add(ModelParts.Node(0, [2 * layer, (2 * layer) + 1, -1], [(2 * layer) + 2]).Options(FullyConnectedOptions, new TableBuilder().With(0, activation)));
        }

        return ModelParts.Model(
            [ModelParts.Code(FullyConnected)], [ModelParts.Subgraph([.. tensors], [0], [2 * _weights.Length], [.. nodes])], [.. buffers]).ToFile();
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    private float[] Outputs(float[] record)
    {
        float[] values = record;
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            float[] row = values;
            values = [.. _weights[layer].Chunk(s_sizes[layer]).Select(weights => weights.Zip(row, (weight, value) => weight * value).Sum())];
            values = layer < _weights.Length - 1 ? Array.ConvertAll(values, value => Math.Max(0, value)) : values;
        }

        return values;
    }

    private static float[] Values(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
