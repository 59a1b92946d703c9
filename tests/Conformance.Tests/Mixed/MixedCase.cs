using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>A random convolution, depthwise convolution or fully connected operator.</summary>
internal sealed class MixedCase
{
    private const float DataScale = 0.05f;

    private readonly Random _random;

    public MixedCase(int seed, ProductKind kind, DataType data, WeightForm form, DataType output)
    {
        _random = new Random(seed);
        Kind = kind;
        DataType = data;
        OutputType = output;
        Form = form;
        SetShapes();
        SetWeights();
        DataZeroPoint = data == DataType.Int8 ? _random.Next(-128, 128) : 0;
        OutputZeroPoint = output == DataType.Int8 ? _random.Next(-100, 100) : 0;
        BiasType = data == DataType.Int16 && _random.Next(2) == 0 ? DataType.Int64 : DataType.Int32;
        Bias = _random.Next(4) == 0 ? null : [.. Enumerable.Range(0, Channels).Select(_ => (long)_random.Next(-100000, 100000))];
        WeightZeroPoints = ZeroPoints(seed);
        WeightScales = [.. Enumerable.Range(0, Channels).Select(_ => 0.005f + (0.01f * _random.NextSingle()))];
        double spread = Math.Sqrt(Weights.Length / (double)Channels) * (form == WeightForm.Int4 ? 5 : 60) * (data == DataType.Int16 ? 19000 : 75);
        OutputScale = (float)(DataScale * 0.01 * spread / (output == DataType.Int16 ? 5000 : 18));
    }

    public ProductKind Kind { get; }

    public DataType DataType { get; }

    public DataType OutputType { get; }

    public WeightForm Form { get; }

    public WindowAttributes Window { get; private set; } = new(1, 1, 1, 1, 0, 0, 0, 0);

    public int[] DataShape { get; private set; } = [];

    public int[] WeightShape { get; private set; } = [];

    public int[] OutputShape { get; private set; } = [];

    /// <summary>The output channels.</summary>
    public int Channels => OutputShape[^1];

    public sbyte[] Weights { get; private set; } = [];

    public SharedWeights? Shared { get; private set; }

    public long[]? Bias { get; }

    public DataType BiasType { get; }

    public float[] WeightScales { get; }

    /// <summary>The zero point of each channel's weights.</summary>
    public long[] WeightZeroPoints { get; }

    public float OutputScale { get; }

    public int DataZeroPoint { get; }

    public int OutputZeroPoint { get; }

    /// <summary>True if 16-bit data accumulate in 64 bits.</summary>
    public bool Wide => DataType == DataType.Int16 && Kind switch
    {
        ProductKind.Convolution => Bias is not null && BiasType == DataType.Int64,
        ProductKind.FullyConnected => Bias is null || BiasType == DataType.Int64,
        _ => true,
    };

    /// <summary>The channel of each weight lies along this axis.</summary>
    public int WeightAxis => Kind == ProductKind.Depthwise ? 3 : 0;

    /// <summary>The factor from accumulators to outputs.</summary>
    public double Multiplier(int channel)
    {
        return (double)DataScale * WeightScales[channel] / OutputScale;
    }

    /// <summary>The network of this one operator.</summary>
    /// <param name="form">How weights are stored; 8 bits hold all.</param>
    public NetworkGraph Graph(WeightForm form)
    {
        Tensor data = new("data", DataType, DataShape) { Quantization = Quantization.PerTensor(DataScale, DataZeroPoint) };
        Tensor output = new("output", OutputType, OutputShape) { Quantization = Quantization.PerTensor(OutputScale, OutputZeroPoint) };
        Tensor weights = new("weights", form == WeightForm.Int4 ? DataType.Int4 : DataType.Int8, WeightShape)
        {
            Data = form == WeightForm.Int4 ? Int4() : (byte[])(object)Weights,
            Quantization = new Quantization(WeightScales, WeightZeroPoints, WeightAxis),
            Shared = form == WeightForm.Shared ? Shared : null,
        };
        Tensor? bias = Bias is null ? null : new Tensor("bias", BiasType, [Channels]) { Data = IntegerConstant.Bytes(BiasType, Bias) };
        NetworkGraph graph = new("mixed");
        graph.Inputs.Add(data);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(Operation(), [data, weights, bias], [output]));
        return graph;
    }

    /// <summary>Random elements of the data, little endian.</summary>
    public byte[] Data()
    {
        byte[] bytes = new byte[DataShape.Aggregate(1, (product, size) => product * size) * DataType.Bytes()];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>An element of data or output.</summary>
    public static int Element(ReadOnlySpan<byte> bytes, DataType type, int index)
    {
        return type == DataType.Int16 ? BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * index)..]) : (sbyte)bytes[index];
    }

    public override string ToString()
    {
        return $"{Kind} of {DataType} [{string.Join(',', DataShape)}] with {Form} [{string.Join(',', WeightShape)}] ({Shared?.Codebooks.Count} codebooks of {Shared?.Entries}) to {OutputType}, {Window}";
    }

    private Operation Operation()
    {
        return Kind switch
        {
            ProductKind.Convolution => new Convolution2D(Window, Activation.None),
            ProductKind.Depthwise => new DepthwiseConvolution2D(Window, Activation.None),
            _ => new FullyConnected(Activation.None),
        };
    }

    /// <summary>None, one for all or one for each channel where the operator may have them.</summary>
    private long[] ZeroPoints(int seed)
    {
        Random random = new(seed);
        int most = Form == WeightForm.Int4 ? 8 : 100;
        int kind = Kind == ProductKind.Depthwise || Form == WeightForm.Shared ? 0 : seed % 3;
        long one = random.Next(-most, most);
        return [.. Enumerable.Range(0, Channels).Select(_ => kind switch { 0 => 0, 1 => one, _ => random.Next(-most, most) })];
    }

    private void SetShapes()
    {
        if (Kind == ProductKind.FullyConnected)
        {
            int rows = _random.Next(1, 4);
            int columns = _random.Next(1, 150);
            int outputs = _random.Next(1, 40);
            (DataShape, WeightShape, OutputShape) = ([rows, columns], [outputs, columns], [rows, outputs]);
            return;
        }

        bool depthwise = Kind == ProductKind.Depthwise;
        bool single = _random.Next(4) == 0;
        int kernelHeight = single ? 1 : _random.Next(1, 5);
        int kernelWidth = single ? 1 : _random.Next(1, 5);
        int groups = depthwise ? 1 : _random.Next(1, 4);
        int groupChannels = depthwise ? _random.Next(1, 20) : _random.Next(1, 8);
        int factor = _random.Next(1, 10);
        DataShape = [_random.Next(1, 3), _random.Next(7, 10), _random.Next(7, 10), groups * groupChannels];
        int outputChannels = depthwise ? groupChannels * (1 + (factor % 3)) : groups * factor;
        WeightShape = depthwise ? [1, kernelHeight, kernelWidth, outputChannels] : [outputChannels, kernelHeight, kernelWidth, groupChannels];
        Window = RandomWindow(kernelHeight, kernelWidth);
        Tensor data = new("data", DataType, DataShape);
        OutputShape = [DataShape[0], (int)Window.OutputHeight(data, kernelHeight), (int)Window.OutputWidth(data, kernelWidth), outputChannels];
    }

    /// <summary>A window with padding behind the data only as far as taps reach there from within.</summary>
    private WindowAttributes RandomWindow(int kernelHeight, int kernelWidth)
    {
        int dilationHeight = _random.Next(1, 3);
        int dilationWidth = _random.Next(1, 3);
        bool padded = _random.Next(3) > 0;
        return new WindowAttributes(
            _random.Next(1, 3),
            _random.Next(1, 3),
            dilationHeight,
            dilationWidth,
            padded ? _random.Next(3) : 0,
            padded ? Math.Min(_random.Next(3), (kernelHeight - 1) * dilationHeight) : 0,
            padded ? _random.Next(3) : 0,
            padded ? Math.Min(_random.Next(3), (kernelWidth - 1) * dilationWidth) : 0);
    }

    private void SetWeights()
    {
        int count = WeightShape.Aggregate(1, (product, size) => product * size);
        Weights = new sbyte[count];
        int lowest = Form == WeightForm.Int4 ? -8 : -127;
        int inner = WeightShape[(WeightAxis + 1)..].Aggregate(1, (product, size) => product * size);
        if (Form == WeightForm.Shared)
        {
            int bits = _random.Next(2, 9);
            int entries = _random.Next((1 << (bits - 1)) + 1, Math.Min(255, 1 << bits) + 1);
            int codebooks = _random.Next(2) == 0 ? 1 : Channels;
            Shared = new SharedWeights([.. Enumerable.Range(0, codebooks).Select(i => Codebook(i == 0 ? entries : _random.Next(1, entries + 1)))], WeightAxis);
        }

        for (int i = 0; i < count; i++)
        {
            sbyte[]? codebook = Shared?.Codebooks[i / inner % Shared.Codebooks.Count];
            Weights[i] = codebook is null ? (sbyte)_random.Next(lowest, -lowest) : codebook[_random.Next(codebook.Length)];
        }
    }

    private sbyte[] Codebook(int entries)
    {
        sbyte[] all = [.. Enumerable.Range(-127, 255).Select(value => (sbyte)value)];
        _random.Shuffle(all);
        return [.. all[..entries].Order()];
    }

    private byte[] Int4()
    {
        byte[] packed = new byte[(Weights.Length + 1) / 2];
        for (int i = 0; i < Weights.Length; i++)
        {
            packed[i / 2] |= (byte)((Weights[i] & 0xF) << (4 * (i % 2)));
        }

        return packed;
    }
}
