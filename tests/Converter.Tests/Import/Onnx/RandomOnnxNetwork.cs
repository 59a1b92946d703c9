namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Draws convolutional networks as exporters write them, channels first.</summary>
internal sealed class RandomOnnxNetwork
{
    private readonly Random _random;
    private readonly OnnxNetwork _network = new();
    private readonly List<(string Name, int Channels, int Size)> _values = [];

    private RandomOnnxNetwork(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>A network of some operators with one image as input and an image or a vector as output.</summary>
    public static OnnxNetwork Draw(int seed)
    {
        const int Most = 14;
        RandomOnnxNetwork drawn = new(seed);
        int channels = drawn._random.Next(1, 5);
        drawn._values.Add((drawn._network.Input("image", "batch", channels, 8, 8), channels, 8));
        for (int i = drawn._random.Next(3, Most); i > 0; i--)
        {
            drawn.Step();
        }

        drawn.Finish();
        return drawn._network;
    }

    private void Step()
    {
        (string name, int channels, int size) = Pick();
        switch (_random.Next(15))
        {
            case 0 or 1 or 2: Convolution(name, channels, size); break;
            case 3: Normalization(name, channels, size); break;
            case 4: Activation(name, channels, size); break;
            case 5: Pool(name, channels, size); break;
            case 6: Residual(name, channels, size); break;
            case 7: Join(name, channels, size); break;
            case 8: Excitation(name, channels, size); break;
            case 9: Scale(name, channels, size); break;
            case 10: Parts(name, channels, size); break;
            case 11: Frame(name, channels, size); break;
            case 12: Resize(name, channels, size); break;
            case 13: Shuffle(name, channels, size); break;
            default: Gelu(name, channels, size); break;
        }
    }

    private void Finish()
    {
        (string name, int channels, int size) = _values[^1];
        switch (_random.Next(4))
        {
            case 0:
                _network.Output(name);
                break;
            case 1:
                string pooled = _network.Node("Flatten", [_network.Node("GlobalAveragePool", [name])]);
                _network.Output(_network.Node("Softmax", [Dense(pooled, channels)]));
                break;
            case 2:
                string flat = _network.Node("Reshape", [name, _network.Integers(0, -1)]);
                _network.Output(Dense(_random.Next(2) == 0 ? flat : _network.Node("Relu", [flat]), channels * size * size));
                break;
            default:
                string rows = _network.Node("Reshape", [_network.Node("Transpose", [name], ("perm", new long[] { 0, 2, 3, 1 })), _network.Integers(0, -1, channels)]);
                _network.Output(_network.Node("Softmax", [rows], ("axis", -1)));
                break;
        }
    }

    private void Convolution(string name, int channels, int size)
    {
        bool depthwise = _random.Next(3) == 0;
        int group = depthwise ? channels : channels % 2 == 0 && _random.Next(3) == 0 ? 2 : 1;
        int outputs = group * _random.Next(1, 4);
        int kernel = _random.Next(2) == 0 ? 1 : 3;
        List<string> inputs = [name, Weights(outputs, channels / group, kernel, kernel)];
        if (_random.Next(2) == 0)
        {
            inputs.Add(Weights(outputs));
        }

        bool halves = size % 2 == 0 && size > 2 && _random.Next(3) == 0;
        string result = _network.Node(
            "Conv", [.. inputs], ("group", group), ("kernel_shape", new long[] { kernel, kernel }), ("strides", halves ? [2, 2] : new long[] { 1, 1 }), ("auto_pad", "SAME_UPPER"));
        Add(result, outputs, halves ? size / 2 : size);
    }

    private void Normalization(string name, int channels, int size)
    {
        string variance = _network.Constant([.. Enumerable.Range(0, channels).Select(_ => 0.5f + _random.NextSingle())], channels);
        Add(_network.Node("BatchNormalization", [name, Weights(channels), Weights(channels), Weights(channels), variance]), channels, size);
    }

    private void Activation(string name, int channels, int size)
    {
        string result = _random.Next(5) switch
        {
            0 => _network.Node("Relu", [name]),
            1 => _network.Node("Clip", [name, _network.Constant([0]), _network.Constant([6])]),
            2 => _network.Node("LeakyRelu", [name], ("alpha", 0.1f)),
            3 => _network.Node("PRelu", [name, Weights(channels, 1, 1)]),
            _ => _network.Node("Mul", [name, _network.Node("Sigmoid", [name])]),
        };
        Add(result, channels, size);
    }

    private void Pool(string name, int channels, int size)
    {
        if (size % 2 == 0 && size > 2)
        {
            Add(_network.Node(_random.Next(2) == 0 ? "MaxPool" : "AveragePool", [name], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), channels, size / 2);
        }
    }

    private void Residual(string name, int channels, int size)
    {
        string other = _values.FindLast(value => value.Channels == channels && value.Size == size && value.Name != name).Name ?? name;
        Add(_network.Node("Add", [name, other]), channels, size);
    }

    private void Join(string name, int channels, int size)
    {
        (string other, int more, _) = _values.FindLast(value => value.Size == size);
        Add(_network.Node("Concat", [other, name], ("axis", 1)), channels + more, size);
    }

    /// <summary>Squeeze and excitation (Hu et al., 2018).</summary>
    private void Excitation(string name, int channels, int size)
    {
        string pooled = _network.Node("ReduceMean", [name], ("axes", new long[] { 2, 3 }), ("keepdims", 1));
        string inner = _network.Node("Relu", [_network.Node("Conv", [pooled, Weights(2, channels, 1, 1)], ("kernel_shape", new long[] { 1, 1 }))]);
        string outer = _network.Node("HardSigmoid", [_network.Node("Conv", [inner, Weights(channels, 2, 1, 1)], ("kernel_shape", new long[] { 1, 1 }))]);
        Add(_network.Node("Mul", [outer, name]), channels, size);
    }

    private void Scale(string name, int channels, int size)
    {
        string type = _random.Next(3) switch { 0 => "Mul", 1 => "Add", _ => "Sub" };
        Add(_network.Node(type, _random.Next(2) == 0 ? [name, Weights(channels, 1, 1)] : [Weights(1, channels, 1, 1), name]), channels, size);
    }

    private void Parts(string name, int channels, int size)
    {
        if (channels < 2)
        {
            return;
        }

        string[] parts = _network.Nodes("Split", 2, [name, _network.Integers(1, channels - 1)], ("axis", 1));
        Add(_network.Node("Relu", [parts[0]]), 1, size);
        Add(_network.Node("Slice", [parts[1], _network.Integers(0), _network.Integers(int.MaxValue), _network.Integers(1)]), channels - 1, size);
    }

    private void Frame(string name, int channels, int size)
    {
        string padded = _network.Node("Pad", [name, _network.Integers(0, 0, 1, 1, 0, 0, 1, 1)]);
        Add(_network.Node("Conv", [padded, Weights(2, channels, 3, 3)], ("kernel_shape", new long[] { 3, 3 })), 2, size);
    }

    private void Resize(string name, int channels, int size)
    {
        if (size <= 8)
        {
            string mode = _random.Next(2) == 0 ? "nearest" : "linear";
            Add(_network.Node("Resize", [name, "", _network.Constant([1, 1, 2, 2], 4)], ("mode", mode), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")), channels, 2 * size);
        }
    }

    /// <summary>Channel shuffle (Zhang et al., 2018), or channels that become pixels.</summary>
    private void Shuffle(string name, int channels, int size)
    {
        if (channels % 4 == 0 && size <= 8)
        {
            Add(_network.Node("DepthToSpace", [name], ("blocksize", 2), ("mode", _random.Next(2) == 0 ? "DCR" : "CRD")), channels / 4, 2 * size);
        }
        else
        {
            string flipped = _network.Node("Gather", [name, _network.Integers([.. Enumerable.Range(0, channels).Reverse().Select(channel => (long)channel)])], ("axis", 1));
            Add(flipped, channels, size);
        }
    }

    private void Gelu(string name, int channels, int size)
    {
        string erf = _network.Node("Erf", [_network.Node("Div", [name, _network.Constant([1.4142135f])])]);
        string product = _network.Node("Mul", [name, _network.Node("Add", [erf, _network.Constant([1])])]);
        Add(_network.Node("Mul", [product, _network.Constant([0.5f])]), channels, size);
    }

    private string Dense(string name, int columns)
    {
        return _network.Node("Gemm", [name, Weights(3, columns), Weights(3)], ("transB", 1));
    }

    private string Weights(params long[] shape)
    {
        return _network.Constant([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => _random.NextSingle() - 0.5f)], shape);
    }

    private void Add(string name, int channels, int size)
    {
        _values.Add((name, channels, size));
    }

    private (string Name, int Channels, int Size) Pick()
    {
        return _random.Next(3) == 0 ? _values[_random.Next(_values.Count)] : _values[^1];
    }
}
