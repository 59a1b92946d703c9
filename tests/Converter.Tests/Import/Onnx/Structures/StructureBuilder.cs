namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Puts structures together: an <see cref="OnnxNetwork"/> with weights that are the same in every run.</summary>
internal sealed class StructureBuilder(long version)
{
    private readonly Random _random = new(5);

    public OnnxNetwork Network { get; } = new(version);

    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        return Network.Node(type, inputs, attributes);
    }

    /// <summary>Weights between -0.5 and 0.5.</summary>
    public string Weights(params long[] shape)
    {
        return Network.Constant([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => _random.NextSingle() - 0.5f)], shape);
    }

    public string Number(float value)
    {
        return Network.Constant([value]);
    }

    public string Ints(params long[] values)
    {
        return Network.Integers(values);
    }

    /// <summary>A constant as PyTorch writes most of them: a node.</summary>
    public string ConstantNode(float value)
    {
        return Node("Constant", [], ("value", OnnxNetwork.Tensor([value])));
    }

    /// <summary>A convolution with bias that keeps height and width.</summary>
    public string Conv(string data, int inputs, int outputs, int kernel = 3, int groups = 1, int dilation = 1)
    {
        long pad = (kernel - 1) / 2 * dilation;
        return Node(
            "Conv", [data, Weights(outputs, inputs / groups, kernel, kernel), Weights(outputs)],
            ("pads", new[] { pad, pad, pad, pad }), ("kernel_shape", new long[] { kernel, kernel }), ("group", groups),
            ("dilations", new long[] { dilation, dilation }), ("strides", new long[] { 1, 1 }));
    }
}
