namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Structures as exporters write them.</summary>
internal static class ExportedStructures
{
    private const int Channels = 8;

    /// <summary>Functions of images [1, 8, 6, 5] between two convolutions: what is in the middle of a network.</summary>
    public static IReadOnlyDictionary<string, Func<StructureBuilder, string, string>> InNetworks { get; } = new Dictionary<string, Func<StructureBuilder, string, string>>
    {
        ["hard swish by HardSigmoid"] = (b, x) => b.Node("Mul", [x, b.Node("HardSigmoid", [x], ("alpha", 1f / 6), ("beta", 0.5f))]),
        ["hard swish by Clip"] = (b, x) => b.Node("Div", [b.Node("Mul", [x, b.Node("Clip", [b.Node("Add", [x, b.ConstantNode(3)]), b.Number(0), b.Number(6)])]), b.ConstantNode(6)]),
        ["hard sigmoid by Clip"] = (b, x) => b.Node("Mul", [x, b.Node("Div", [b.Node("Clip", [b.Node("Add", [x, b.Number(3)]), b.Number(0), b.Number(6)]), b.Number(6)])]),
        ["GELU by Erf"] = (b, x) =>
        {
            string one = b.Node("Add", [b.Node("Erf", [b.Node("Div", [x, b.ConstantNode(MathF.Sqrt(2))])]), b.ConstantNode(1)]);
            return b.Node("Mul", [b.Node("Mul", [x, one]), b.ConstantNode(0.5f)]);
        },
        ["GELU by Tanh"] = (b, x) =>
        {
            string cube = b.Node("Mul", [b.Node("Pow", [x, b.ConstantNode(3)]), b.ConstantNode(0.044715f)]);
            string tanh = b.Node("Tanh", [b.Node("Mul", [b.Node("Add", [x, cube]), b.ConstantNode(0.7978845608f)])]);
            return b.Node("Mul", [b.Node("Mul", [x, b.ConstantNode(0.5f)]), b.Node("Add", [tanh, b.ConstantNode(1)])]);
        },
        ["swish"] = (b, x) => b.Node("Mul", [x, b.Node("Sigmoid", [x])]),
        ["mish"] = (b, x) => b.Node("Mul", [x, b.Node("Tanh", [b.Node("Softplus", [x])])]),
        ["PReLU"] = (b, x) => b.Node("PRelu", [x, b.Weights(Channels, 1, 1)]),
        ["depthwise convolution"] = (b, x) => b.Conv(x, Channels, Channels, groups: Channels),
        ["depthwise convolution with a multiplier"] = (b, x) => b.Conv(b.Conv(x, Channels, 2 * Channels, groups: Channels), 2 * Channels, Channels, 1),
        ["grouped convolution"] = (b, x) => b.Conv(x, Channels, Channels, groups: 2),
        ["dilated convolution"] = (b, x) => b.Conv(x, Channels, Channels, dilation: 2),
        ["inverted residual"] = (b, x) =>
        {
            string wide = b.Node("Clip", [b.Conv(x, Channels, 16, 1), b.Number(0), b.Number(6)]);
            string deep = b.Node("Clip", [b.Conv(wide, 16, 16, groups: 16), b.Number(0), b.Number(6)]);
            return b.Node("Add", [x, b.Conv(deep, 16, Channels, 1)]);
        },
        ["squeeze and excitation by GlobalAveragePool"] = (b, x) =>
        {
            string squeezed = b.Node("Relu", [b.Conv(b.Node("GlobalAveragePool", [x]), Channels, 4, 1)]);
            return b.Node("Mul", [x, b.Node("Sigmoid", [b.Conv(squeezed, 4, Channels, 1)])]);
        },
        ["squeeze and excitation by ReduceMean and HardSigmoid"] = (b, x) =>
        {
            string mean = b.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }), ("keepdims", 1));
            string squeezed = b.Node("Relu", [b.Conv(mean, Channels, 4, 1)]);
            return b.Node("Mul", [b.Node("HardSigmoid", [b.Conv(squeezed, 4, Channels, 1)]), x]);
        },
        ["squeeze and excitation by Gemm"] = (b, x) =>
        {
            string flat = b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]);
            string squeezed = b.Node("Relu", [b.Node("Gemm", [flat, b.Weights(4, Channels), b.Weights(4)], ("transB", 1))]);
            string factors = b.Node("Sigmoid", [b.Node("Gemm", [squeezed, b.Weights(Channels, 4), b.Weights(Channels)], ("transB", 1))]);
            return b.Node("Mul", [x, b.Node("Reshape", [factors, b.Ints(1, Channels, 1, 1)])]);
        },
        ["instance normalization"] = (b, x) => b.Node("InstanceNormalization", [x, b.Weights(Channels), b.Weights(Channels)]),
        ["group normalization by InstanceNormalization"] = (b, x) =>
        {
            string groups = b.Node("Reshape", [x, b.Ints(0, 2, -1)]);
            string normalized = b.Node("InstanceNormalization", [groups, b.Network.Constant([1, 1], 2), b.Network.Constant([0, 0], 2)]);
            string back = b.Node("Reshape", [normalized, b.Node("Shape", [x])]);
            return b.Node("Add", [b.Node("Mul", [back, b.Weights(Channels, 1, 1)]), b.Weights(Channels, 1, 1)]);
        },
        ["layer normalization over channels by transpositions"] = (b, x) =>
        {
            string last = b.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 }));
            return b.Node("Transpose", [LayerNormalization(b, last, Channels)], ("perm", new long[] { 0, 3, 1, 2 }));
        },
        ["split and join"] = (b, x) =>
        {
            string[] halves = b.Network.Nodes("Split", 2, [x], ("axis", 1));
            return b.Node("Concat", [halves[0], b.Node("Relu", [b.Conv(halves[1], Channels / 2, Channels / 2)])], ("axis", 1));
        },
        ["U-Net"] = (b, x) =>
        {
            string down = b.Conv(b.Node("MaxPool", [x], ("kernel_shape", new long[] { 2, 1 }), ("strides", new long[] { 2, 1 })), Channels, Channels);
            string up = Resized(b, down, [1, 1, 2, 1], null, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
            return b.Conv(b.Node("Concat", [x, up], ("axis", 1)), 2 * Channels, Channels);
        },
        ["transposed convolution with more padding at the end"] = (b, x) => b.Node(
            "ConvTranspose", [x, b.Weights(Channels, Channels, 3, 3), b.Weights(Channels)],
            ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }), ("output_padding", new long[] { 1, 1 })),
        ["transposed convolution in groups"] = (b, x) => b.Node(
            "ConvTranspose", [x, b.Weights(Channels, Channels / 2, 2, 2), b.Weights(Channels)], ("strides", new long[] { 2, 2 }), ("group", 2)),
        ["nearest by scales, half pixels"] = (b, x) => Resized(b, x, [1, 1, 2, 3], null, ("mode", "nearest"), ("coordinate_transformation_mode", "half_pixel"), ("nearest_mode", "round_prefer_floor")),
        ["nearest by sizes"] = (b, x) => Resized(b, x, null, [1, Channels, 9, 10], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
        ["linear by scales, half pixels"] = (b, x) => Resized(b, x, [1, 1, 2, 2], null, ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")),
        ["linear by sizes, PyTorch's half pixels"] = (b, x) => Resized(b, x, null, [1, Channels, 12, 7], ("mode", "linear"), ("coordinate_transformation_mode", "pytorch_half_pixel")),
        ["linear by sizes, aligned corners"] = (b, x) => Resized(b, x, null, [1, Channels, 11, 9], ("mode", "linear"), ("coordinate_transformation_mode", "align_corners")),
        ["linear by scales, asymmetric"] = (b, x) => Resized(b, x, [1, 1, 2, 2], null, ("mode", "linear"), ("coordinate_transformation_mode", "asymmetric")),
        ["dropout and identity"] = (b, x) => b.Node("Identity", [b.Node("Dropout", [x])]),
    };

    /// <summary>Functions of images [1, 8, 6, 5] at a network's end.</summary>
    public static IReadOnlyDictionary<string, Func<StructureBuilder, string, string>> AtEnds { get; } = new Dictionary<string, Func<StructureBuilder, string, string>>
    {
        ["PyTorch's flattening"] = (b, x) =>
        {
            string batch = b.Node("Unsqueeze", [b.Node("Gather", [b.Node("Shape", [x]), b.Node("Constant", [], ("value", Index(0)))], ("axis", 0)), b.Ints(0)]);
            string flat = b.Node("Reshape", [x, b.Node("Concat", [batch, b.Ints(-1)], ("axis", 0))]);
            return b.Node("Gemm", [flat, b.Weights(3, Channels * 30), b.Weights(3)], ("transB", 1));
        },
        ["Keras's flattening"] = (b, x) =>
        {
            string last = b.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 }));
            string flat = b.Node("Reshape", [last, b.Ints(-1, Channels * 30)]);
            return b.Node("Softmax", [b.Node("Add", [b.Node("MatMul", [flat, b.Weights(Channels * 30, 3)]), b.Weights(3)])]);
        },
        ["global average by ReduceMean"] = (b, x) =>
        {
            string mean = b.Node("ReduceMean", [x], ("axes", new long[] { -1, -2 }), ("keepdims", 0));
            return b.Node("Gemm", [mean, b.Weights(3, Channels), b.Weights(3)], ("transB", 1));
        },
        ["patches and attention"] = (b, x) =>
        {
            string tokens = b.Node("Transpose", [b.Node("Reshape", [x, b.Ints(1, Channels, 30)])], ("perm", new long[] { 0, 2, 1 }));
            string attended = b.Node("Add", [tokens, Attention(b, LayerNormalization(b, tokens, Channels), 30)]);
            return b.Node("ReduceMean", [attended], ("axes", new long[] { 1 }), ("keepdims", 0));
        },
        ["recurrence over rows"] = (b, x) =>
        {
            string rows = b.Node("Reshape", [b.Node("Transpose", [x], ("perm", new long[] { 2, 0, 1, 3 })), b.Ints(6, 1, Channels * 5)]);
            string[] outputs = b.Network.Nodes(
                "LSTM", 3, [rows, b.Weights(2, 16, Channels * 5), b.Weights(2, 16, 4), b.Weights(2, 32)], ("hidden_size", 4), ("direction", "bidirectional"));
            string sequence = b.Node("Reshape", [b.Node("Transpose", [outputs[0]], ("perm", new long[] { 0, 2, 1, 3 })), b.Ints(0, 0, -1)]);
            return b.Node("Gather", [sequence, b.Node("Constant", [], ("value", Index(-1)))], ("axis", 0));
        },
    };

    /// <summary>As PyTorch writes it for operator sets without the operator.</summary>
    private static string LayerNormalization(StructureBuilder b, string x, int size)
    {
        string centered = b.Node("Sub", [x, b.Node("ReduceMean", [x], ("axes", new long[] { -1 }))]);
        string variance = b.Node("ReduceMean", [b.Node("Pow", [centered, b.ConstantNode(2)])], ("axes", new long[] { -1 }));
        string normalized = b.Node("Div", [centered, b.Node("Sqrt", [b.Node("Add", [variance, b.ConstantNode(1e-5f)])])]);
        return b.Node("Add", [b.Node("Mul", [normalized, b.Weights(size)]), b.Weights(size)]);
    }

    private static string Attention(StructureBuilder b, string x, int tokens)
    {
        const int Heads = 2;
        string query = Head(new long[] { 0, 2, 1, 3 });
        string key = Head(new long[] { 0, 2, 3, 1 });
        string scores = b.Node("Softmax", [b.Node("Div", [b.Node("MatMul", [query, key]), b.ConstantNode(2)])], ("axis", -1));
        string mixed = b.Node("Transpose", [b.Node("MatMul", [scores, Head(new long[] { 0, 2, 1, 3 })])], ("perm", new long[] { 0, 2, 1, 3 }));
        return b.Node("Add", [b.Node("MatMul", [b.Node("Reshape", [mixed, b.Ints(1, tokens, Channels)]), b.Weights(Channels, Channels)]), b.Weights(Channels)]);

        string Head(long[] order)
        {
            string product = b.Node("Add", [b.Node("MatMul", [x, b.Weights(Channels, Channels)]), b.Weights(Channels)]);
            return b.Node("Transpose", [b.Node("Reshape", [product, b.Ints(0, 0, Heads, Channels / Heads)])], ("perm", order));
        }
    }

    private static string Resized(StructureBuilder b, string x, float[]? scales, long[]? sizes, params (string, object)[] attributes)
    {
        return scales is not null
            ? b.Node("Resize", [x, "", b.Network.Constant(scales, 4)], attributes)
            : b.Node("Resize", [x, "", "", b.Ints(sizes!)], attributes);
    }

    private static Converter.Import.Onnx.Protocol.TensorProto Index(long value)
    {
        Converter.Import.Onnx.Protocol.TensorProto tensor = new() { DataType = (int)Converter.Import.Onnx.Protocol.TensorProto.Types.DataType.Int64 };
        tensor.Int64Data.Add(value);
        return tensor;
    }
}
