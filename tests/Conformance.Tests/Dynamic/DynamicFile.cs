using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Conformance.Tests.Dynamic;

/// <summary>
/// A file of a network with every operator that finds its results' scale: a convolution, a pool of what it gives, a depthwise convolution of 4-bit
/// weights, a fully connected operator of shared weights, a grouped convolution of an input with a fixed scale, a matrix product of two such
/// results, and fixed scales of 8 and 16 bits at the end. No reference model has them.
/// </summary>
internal sealed class DynamicFile
{
    private readonly Random _random = new(7);
    private readonly NetworkGraph _graph = new("dynamic");

    private DynamicFile()
    {
    }

    /// <summary>The same network without room to keep results until their scale is known: it computes them twice.</summary>
    public static byte[] MakeWithoutRoom()
    {
        return Make(lowered =>
        {
            for (int i = 0; i < lowered.Operators.Count; i++)
            {
                LoweredOperator op = lowered.Operators[i];
                lowered.Operators[i] = op with { Scratch = [.. op.Scratch.Where(tensor => tensor.Type != ElementType.Int32)] };
            }
        });
    }

    /// <summary>The file. Inputs: images [1, 6, 5, 4] and their scale, images of a fixed scale [1, 4, 4, 4]. Outputs: data and scale; int8; int16.</summary>
    /// <param name="change">Called with the network before its memory is planned.</param>
    public static byte[] Make(Action<LoweredNetwork>? change = null)
    {
        DynamicFile file = new();
        (Tensor Data, Tensor Scale) images = file.Input([1, 6, 5, 4]);
        Tensor fixedImages = new("images of a fixed scale", DataType.Int8, [1, 4, 4, 4]) { Quantization = Quantization.PerTensor(0.02f, -5) };
        file._graph.Inputs.Add(fixedImages);

        WindowAttributes same = new(1, 1, 1, 1, 1, 1, 1, 1);
        WindowAttributes valid = new(1, 1, 1, 1, 0, 0, 0, 0);
        (Tensor Data, Tensor Scale) convolved = file.Product(
            new Convolution2D(same, Activation.Relu), false, images, file.Weights(DataType.Int8, [6, 3, 3, 4], 0), true, [1, 6, 5, 6]);
        Tensor pooled = file.Pool(convolved.Data, [1, 3, 2, 6]);
        (Tensor Data, Tensor Scale) depthwise = file.Product(
            new DepthwiseConvolution2D(valid, Activation.Relu6), true, (pooled, convolved.Scale), file.Weights(DataType.Int4, [1, 2, 2, 12], 3), true, [1, 2, 1, 12]);
        (Tensor Data, Tensor Scale) scores = file.Product(
            new FullyConnected(Activation.None), false, depthwise, file.Shared([8, 12]), true, [2, 8]);
        (Tensor Data, Tensor Scale) grouped = file.Product(
            new Convolution2D(valid, Activation.ReluN1To1), false, (fixedImages, null), file.Weights(DataType.Int4, [2, 1, 1, 2], 0), false, [1, 4, 4, 2]);

        Tensor product = new("product", DataType.Int8, [2, 4]);
        Tensor productScale = Scale("scale of product");
        file._graph.Nodes.Add(new Node(
            new DynamicProduct(new BatchMatrixProduct(false, false), false), [scores.Data, file.Reshape(grouped.Data, [8, 4]), scores.Scale, grouped.Scale], [product, productScale]));
        file._graph.Outputs.AddRange([product, productScale]);
        file.Settle(depthwise, DataType.Int8, Quantization.PerTensor(0.03f, -100));
        file.Settle(scores, DataType.Int16, Quantization.PerTensor(0.0005f, 0));
        return file.Pack(change);
    }

    /// <summary>A scale as it stands in a file's tensor.</summary>
    public static sbyte[] ScaleBytes(double step, int zeroPoint)
    {
        byte[] bytes = new byte[DynamicScale.Elements * sizeof(int)];
        DynamicScale.Of(step, zeroPoint).Write(bytes);
        return MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray();
    }

    private static Tensor Scale(string name)
    {
        return new Tensor(name, DataType.Int32, [DynamicScale.Elements]);
    }

    private (Tensor Data, Tensor Scale) Input(int[] shape)
    {
        (Tensor Data, Tensor Scale) input = (new Tensor("images", DataType.Int8, shape), Scale("scale of images"));
        _graph.Inputs.AddRange([input.Data, input.Scale]);
        return input;
    }

    private (Tensor Data, Tensor Scale) Product(Operation operation, bool symmetric, (Tensor Data, Tensor? Scale) data, Tensor weights, bool bias, int[] shape)
    {
        (Tensor Data, Tensor Scale) results = (new Tensor(operation.Name, DataType.Int8, shape), Scale("scale of " + operation.Name));
        Tensor? biases = bias ? Bias(shape[^1]) : null;
        _graph.Nodes.Add(new Node(new DynamicProduct(operation, symmetric), [data.Data, weights, biases, data.Scale], [results.Data, results.Scale]));
        return results;
    }

    private Tensor Weights(DataType type, int[] shape, int axis)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        byte[] bytes = new byte[type == DataType.Int4 ? (count + 1) / 2 : count];
        _random.NextBytes(bytes);
        float[] scales = [.. Enumerable.Range(0, shape[axis]).Select(_ => 0.001f + (0.05f * _random.NextSingle()))];
        return new Tensor("weights", type, shape) { Data = bytes, Quantization = new Quantization(scales, new long[scales.Length], axis) };
    }

    private Tensor Shared(int[] shape)
    {
        sbyte[] codebook = [-100, -7, 0, 50, 127];
        sbyte[] values = [.. Enumerable.Range(0, shape[0] * shape[1]).Select(_ => codebook[_random.Next(codebook.Length)])];
        return new Tensor("shared weights", DataType.Int8, shape)
        {
            Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
            Quantization = Quantization.PerTensor(0.004f, 3),
            Shared = new SharedWeights([codebook], 0),
        };
    }

    private Tensor Bias(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (2 * _random.NextSingle()) - 1)];
        return new Tensor("bias", DataType.Float32, [count]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private Tensor Pool(Tensor data, int[] shape)
    {
        Tensor pooled = new("pooled", DataType.Int8, shape);
        _graph.Nodes.Add(new Node(new Pool2D(PoolKind.Maximum, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [data], [pooled]));
        return pooled;
    }

    private Tensor Reshape(Tensor data, int[] shape)
    {
        Tensor reshaped = new("reshaped", DataType.Int8, shape);
        _graph.Nodes.Add(new Node(new Reshape(), [data], [reshaped]));
        return reshaped;
    }

    private void Settle((Tensor Data, Tensor Scale) value, DataType type, Quantization quantization)
    {
        Tensor settled = new("settled", type, value.Data.Shape) { Quantization = quantization };
        _graph.Nodes.Add(new Node(new Settle(), [value.Data, value.Scale], [settled]));
        _graph.Outputs.Add(settled);
    }

    private byte[] Pack(Action<LoweredNetwork>? change)
    {
        GraphCheck.Run(_graph);
        LoweredNetwork lowered = Lowering.Run(_graph);
        change?.Invoke(lowered);
        ArenaPlanner.Run(lowered);
        byte[] untested = ModelWriter.Write(lowered, selfTest: null, modelCard: null);
        return ModelWriter.Write(lowered, SelfTestWriter.Seeded(untested), modelCard: null);
    }
}
