using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Conformance.Tests.Products;

/// <summary>
/// A random network of one operator that accumulates products: any window, groups, outputs for each channel, zero points, and weights down to -128.
/// </summary>
internal sealed class ProductCase
{
    private const float DataScale = 1f / 64;
    private const float WeightScale = 1f / 128;

    private readonly Random _random;
    private readonly DataType _type;
    private readonly ProductForm _form;

    /// <param name="seed">The same for the same case.</param>
    /// <param name="form">The operator.</param>
    /// <param name="type">The type of data and outputs.</param>
    public ProductCase(int seed, ProductForm form, DataType type)
    {
        _random = new Random(seed);
        _type = type;
        _form = form;
        Graph = form switch
        {
            ProductForm.Convolution => Convolution(1),
            ProductForm.GroupedConvolution => Convolution(_random.Next(2, 9)),
            ProductForm.DepthwiseConvolution => Depthwise(1),
            ProductForm.MultipliedDepthwiseConvolution => Depthwise(_random.Next(2, 12)),
            ProductForm.TransposedConvolution => Transposed(),
            ProductForm.MatrixProduct => Matrices(),
            _ => Connected(),
        };
    }

    public NetworkGraph Graph { get; }

    public override string ToString()
    {
        Node node = Graph.Nodes[0];
        return $"{node.Operation} of {node.Input(0)} with {node.Input(1)}, zero point {node.Input(1).Quantization!.ZeroPoint}, to {node.Output()}";
    }

    /// <summary>Random data, and data of the largest magnitude.</summary>
    public byte[][] Records()
    {
        int count = Graph.Inputs[0].ElementCount;
        byte[] any = new byte[count * _type.Bytes()];
        _random.NextBytes(any);
        byte[] largest = new byte[any.Length];
        for (int i = 0; i < count; i++)
        {
            bool negative = _random.Next(4) > 0;
            if (_type == DataType.Int16)
            {
                BinaryPrimitives.WriteInt16LittleEndian(largest.AsSpan(2 * i), negative ? short.MinValue : short.MaxValue);
            }
            else
            {
                largest[i] = negative ? (byte)0x80 : (byte)0x7F;
            }
        }

        return [any, largest];
    }

    private NetworkGraph Convolution(int groups)
    {
        int channels = _random.Next(1, groups == 1 ? 40 : 12);
        int outputs = _random.Next(1, groups == 1 ? 40 : 12);
        int[] kernel = [_random.Next(1, 5), _random.Next(1, 5)];
        int[] data = [_random.Next(1, 3), _random.Next(8, 13), _random.Next(8, 13), groups * channels];
        WindowAttributes window = Window(kernel);
        int[] output = [data[0], Length(window.OutputHeight, data, kernel[0]), Length(window.OutputWidth, data, kernel[1]), groups * outputs];
        return Network(new Convolution2D(window, Activation.None), data, [groups * outputs, kernel[0], kernel[1], channels], 0, true, output);
    }

    private NetworkGraph Depthwise(int multiplier)
    {
        int channels = _random.Next(1, 40 / multiplier);
        int[] kernel = [_random.Next(1, 5), _random.Next(1, 5)];
        int[] data = [_random.Next(1, 3), _random.Next(8, 13), _random.Next(8, 13), channels];
        WindowAttributes window = Window(kernel);
        int[] output = [data[0], Length(window.OutputHeight, data, kernel[0]), Length(window.OutputWidth, data, kernel[1]), multiplier * channels];
        return Network(new DepthwiseConvolution2D(window, Activation.None), data, [1, kernel[0], kernel[1], multiplier * channels], 3, true, output);
    }

    private NetworkGraph Transposed()
    {
        int[] kernel = [_random.Next(1, 6), _random.Next(1, 6)];
        int[] stride = [_random.Next(1, 4), _random.Next(1, 4)];
        int[] data = [_random.Next(1, 3), _random.Next(1, 9), _random.Next(1, 9), _random.Next(1, 20)];
        int outputs = _random.Next(1, 20);
        TransposedConvolution2D operation = new(stride[0], stride[1], _random.Next(kernel[0]), _random.Next(kernel[1]), Activation.None);
        int[] output = [data[0], Reach(data[1], kernel[0], stride[0], operation.PaddingTop), Reach(data[2], kernel[1], stride[1], operation.PaddingLeft), outputs];
        return Network(operation, data, [outputs, kernel[0], kernel[1], data[3]], 0, false, output);
    }

    private NetworkGraph Connected()
    {
        int rows = _random.Next(1, 7);
        int columns = _random.Next(1, 700);
        int outputs = _random.Next(1, 50);
        return Network(new FullyConnected(Activation.None), [rows, columns], [outputs, columns], 0, true, [rows, outputs]);
    }

    /// <summary>Products of matrices with themselves, in each order.</summary>
    private NetworkGraph Matrices()
    {
        bool leftTransposed = _random.Next(2) == 0;
        bool rightTransposed = _random.Next(2) == 0;
        int rows = _random.Next(1, 40);
        int columns = leftTransposed == rightTransposed ? rows : _random.Next(1, 80);
        int batches = _random.Next(1, 3);
        int size = leftTransposed ? columns : rows;
        int depth = leftTransposed ? rows : columns;
        bool is16Bits = _type == DataType.Int16;
        Tensor input = new("data", _type, [batches, rows, columns]) { Quantization = Quantization.PerTensor(DataScale, is16Bits ? 0 : _random.Next(-128, 128)) };
        double spread = Math.Sqrt(depth) * (is16Bits ? 19000.0 * 19000 / 9000 : 75.0 * 75 / 30);
        Tensor result = new("output", _type, [batches, size, size])
        {
            Quantization = Quantization.PerTensor((float)(DataScale * DataScale * spread), is16Bits ? 0 : _random.Next(-50, 50)),
        };
        NetworkGraph graph = new(_form.ToString());
        graph.Inputs.Add(input);
        graph.Outputs.Add(result);
        graph.Nodes.Add(new Node(new BatchMatrixProduct(leftTransposed, rightTransposed), [input, input], [result]));
        return graph;
    }

    /// <summary>A length of the output of a transposed convolution that data, kernel, stride and padding leave open.</summary>
    private int Reach(int data, int kernel, int stride, int padding)
    {
        return _random.Next(Math.Max(1, ((data - 1) * stride) + 1 - padding), Math.Max(1, (data * stride) + kernel - 1 - padding) + 1);
    }

    private int Length(Func<Tensor, int, long> outputs, int[] data, int kernel)
    {
        return (int)outputs(new Tensor("data", _type, data), kernel);
    }

    private WindowAttributes Window(int[] kernel)
    {
        int[] dilation = [_random.Next(1, 3), _random.Next(1, 3)];
        int[] reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]];
        return new WindowAttributes(
            _random.Next(1, 4),
            _random.Next(1, 4),
            dilation[0],
            dilation[1],
            _random.Next(reach[0] + 1),
            _random.Next(reach[0] + 1),
            _random.Next(reach[1] + 1),
            _random.Next(reach[1] + 1));
    }

    private NetworkGraph Network(Operation operation, int[] data, int[] shape, int axis, bool canBeAsymmetric, int[] output)
    {
        int channels = shape[axis];
        long zeroPoint = canBeAsymmetric && _random.Next(2) == 0 ? _random.Next(sbyte.MinValue, sbyte.MaxValue + 1) : 0;
        int extremes = _random.Next(3);
        sbyte[] values = new sbyte[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)(_random.Next(3) < extremes ? _random.Next(2) == 0 ? sbyte.MinValue : sbyte.MaxValue : _random.Next(sbyte.MinValue, sbyte.MaxValue + 1));
        }

        Tensor weights = new("weights", DataType.Int8, shape)
        {
            Data = (byte[])(object)values,
            Quantization = new Quantization(
                [.. Enumerable.Range(0, channels).Select(_ => WeightScale * (0.5f + _random.NextSingle()))], [.. Enumerable.Repeat(zeroPoint, channels)], axis),
        };
        DataType biasType = _type == DataType.Int16 && _random.Next(2) == 0 ? DataType.Int64 : DataType.Int32;
        long most = biasType == DataType.Int64 ? 1L << 36 : 1 << 20;
        Tensor? bias = _random.Next(4) == 0
            ? null
            : new Tensor("bias", biasType, [channels]) { Data = IntegerConstant.Bytes(biasType, [.. Enumerable.Range(0, channels).Select(_ => _random.NextInt64(-most, most) >> _random.Next(20))]) };
        bool is16Bits = _type == DataType.Int16;
        double spread = Math.Sqrt((double)values.Length / channels) * 80 * (is16Bits ? 19000 : 75);
        Tensor input = new("data", _type, data) { Quantization = Quantization.PerTensor(DataScale, is16Bits ? 0 : _random.Next(-128, 128)) };
        Tensor result = new("output", _type, output)
        {
            Quantization = Quantization.PerTensor((float)(DataScale * WeightScale * spread / (is16Bits ? 9000 : 30)), is16Bits ? 0 : _random.Next(-50, 50)),
        };
        NetworkGraph graph = new(_form.ToString());
        graph.Inputs.Add(input);
        graph.Outputs.Add(result);
        graph.Nodes.Add(new Node(operation, [input, weights, bias], [result]));
        return graph;
    }
}
