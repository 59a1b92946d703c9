using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>A drawn operator with constant weights, its input, and what exact arithmetic gives for them.</summary>
internal sealed class ProductCase
{
    private readonly Random _random;
    private readonly Operation _product;
    private readonly int[] _dataShape;
    private readonly int[] _weightShape;
    private readonly int _axis;
    private readonly int[] _outputShape;
    private readonly Tensor _data;
    private readonly Tensor? _scale;
    private readonly Tensor _weights;
    private readonly Tensor? _bias;
    private readonly DynamicScale _inputScale;
    private readonly bool _symmetric;

    /// <summary>Draws everything that the shapes leave open.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="product">The operation, without its activation's effect on shapes.</param>
    /// <param name="dataShape">The shape of the data.</param>
    /// <param name="weightShape">The shape of the weights.</param>
    /// <param name="axis">The weights' axis of outputs.</param>
    /// <param name="outputShape">The shape of the results.</param>
    public ProductCase(Random random, Operation product, int[] dataShape, int[] weightShape, int axis, int[] outputShape)
    {
        _random = random;
        _product = product;
        (_dataShape, _weightShape, _axis, _outputShape) = (dataShape, weightShape, axis, outputShape);
        _symmetric = random.Next(2) == 0;
        _inputScale = DynamicScale.Of(Math.Pow(10, random.Next(-6, 4)) * (0.1 + random.NextDouble()), random.Next(-128, 128));
        bool isFixed = random.Next(2) == 0;
        _data = new Tensor("data", DataType.Int8, dataShape)
        {
            Quantization = isFixed ? Quantization.PerTensor((float)_inputScale.Step, _inputScale.ZeroPoint) : null,
        };
        _inputScale = isFixed ? DynamicScale.Of((float)_inputScale.Step, _inputScale.ZeroPoint) : _inputScale;
        _scale = isFixed ? null : DynamicNetwork.Scale("scale of data");
        _weights = Weights();
        _bias = Bias();
    }

    private int Outputs => _weightShape[_axis];

    /// <summary>Runs the device on a drawn input and compares.</summary>
    /// <param name="steps">The error that each result may have, in steps of the range that was found.</param>
    public void Check(double steps)
    {
        DynamicNetwork network = Load();
        byte[] data = new byte[_dataShape.Aggregate(1, (product, size) => product * size)];
        _random.NextBytes(data);
        byte[] scale = new byte[DynamicScale.Elements * sizeof(int)];
        _inputScale.Write(scale);
        double[] exact = Exact(Array.ConvertAll(data, value => (unchecked((sbyte)value) - _inputScale.ZeroPoint) * _inputScale.Step));

        (double[] values, double step) = _scale is null ? network.Run(data) : network.Run(data, scale);

        double smallest = Math.Min(0, exact.Min());
        double largest = Math.Max(0, exact.Max());
        double range = _symmetric ? Math.Max(-smallest, largest) / 127 : (largest - smallest) / 255;
        double unit = Unit();
        Assert.InRange(step, (range * (1 - 1e-6)) - unit, (range * (1 + 1e-6)) + unit);
        double error = (steps * step) + (2 * unit);
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.InRange(values[i] - exact[i], -error, error);
        }
    }

    public DynamicNetwork Load()
    {
        return DynamicNetwork.Load(new DynamicProduct(_product, _symmetric), [_data, _weights, _bias, _scale], _outputShape);
    }

    /// <summary>At least the unit that results have before their range is known: what products and biases could become, in 2^28 parts.</summary>
    private double Unit()
    {
        double depth = (double)_weights.ElementCount / Outputs;
        double products = 255 * (_weights.Type == DataType.Int4 ? 8 : 145) * depth * _inputScale.Step * _weights.Quantization!.Scales.Max();
        double bias = _bias is null ? 0 : ConstantValues.Of(_bias)!.Max(value => Math.Abs((double)value));
        return Math.Max(products, bias) / (1 << 27);
    }

    private Tensor Weights()
    {
        bool packed = _random.Next(3) == 0;
        bool shared = !packed && _random.Next(3) == 0;
        int channels = _random.Next(3) == 0 ? 1 : Outputs;
        int count = _weightShape.Aggregate(1, (product, size) => product * size);
        int limit = packed ? 7 : 127;
        sbyte[] codebook = [-120, -33, -2, 0, 5, 77, 127];
        sbyte[] values = [.. Enumerable.Range(0, count).Select(_ => shared ? codebook[_random.Next(codebook.Length)] : (sbyte)_random.Next(-limit, limit + 1))];
        float[] scales = [.. Enumerable.Range(0, channels).Select(_ => (float)(Math.Pow(10, -_random.Next(0, 3)) * (0.1 + _random.NextDouble())))];
        bool zeroPoint = !packed && channels == 1 && _random.Next(3) == 0;
        return new Tensor("weights", packed ? DataType.Int4 : DataType.Int8, _weightShape)
        {
            Data = packed ? Packed(values) : (byte[])(object)values,
            Quantization = new Quantization(scales, [.. scales.Select(_ => zeroPoint ? 17L : 0)], _axis),
            Shared = shared ? new SharedWeights([codebook], 0) : null,
        };
    }

    private static byte[] Packed(sbyte[] values)
    {
        byte[] packed = new byte[(values.Length + 1) / 2];
        for (int i = 0; i < values.Length; i++)
        {
            packed[i / 2] |= (byte)((values[i] & 0xF) << (i % 2 * 4));
        }

        return packed;
    }

    /// <summary>None, or one as large as the products, much smaller or much larger.</summary>
    private Tensor? Bias()
    {
        double size = _inputScale.Step * Math.Pow(10, _random.Next(-4, 9));
        float[] values = [.. Enumerable.Range(0, Outputs).Select(_ => (float)(size * ((2 * _random.NextDouble()) - 1)))];
        return _random.Next(4) == 0 ? null : new Tensor("bias", DataType.Float32, [Outputs]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private double[] Exact(double[] data)
    {
        double[] weights = Array.ConvertAll(ConstantValues.Of(_weights)!, value => (double)value);
        for (int i = 0; i < weights.Length; i++)
        {
            // Once more in double precision: single precision has less than the device.
            Quantization quantization = _weights.Quantization!;
            int inner = _weightShape[(_axis + 1)..].Aggregate(1, (product, size) => product * size);
            double scale = quantization.Scales[quantization.IsPerChannel ? i / inner % quantization.Scales.Length : 0];
            weights[i] = Math.Round(weights[i] / scale) * scale;
        }

        double[] bias = _bias is null ? new double[Outputs] : Array.ConvertAll(ConstantValues.Of(_bias)!, value => (double)value);
        return ExactProducts.Of(_product, data, _dataShape, weights, _weightShape, bias, _outputShape);
    }
}
