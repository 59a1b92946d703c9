using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>
/// Computes ONNX networks operator by operator as the specification defines them: channels first, double precision, no rewriting. It shares
/// nothing with the importer but the reading of constants, so that it can judge what an import has made of a network.
/// </summary>
internal static class PlainOnnx
{
    private static readonly Dictionary<string, Func<PlainNode, PlainTensor[]>> s_operators = new(StringComparer.Ordinal)
    {
        ["Add"] = node => [Pair(node[0], node[1], (a, b) => a + b)],
        ["Sub"] = node => [Pair(node[0], node[1], (a, b) => a - b)],
        ["Mul"] = node => [Pair(node[0], node[1], (a, b) => a * b)],
        ["Div"] = node => [Pair(node[0], node[1], (a, b) => a / b)],
        ["Pow"] = node => [Pair(node[0], node[1], Math.Pow)],
        ["Relu"] = node => [Each(node, value => Math.Max(value, 0))],
        ["Sigmoid"] = node => [Each(node, value => 1 / (1 + Math.Exp(-value)))],
        ["Tanh"] = node => [Each(node, Math.Tanh)],
        ["Erf"] = node => [Each(node, Erf)],
        ["Sqrt"] = node => [Each(node, Math.Sqrt)],
        ["Exp"] = node => [Each(node, Math.Exp)],
        ["Softplus"] = node => [Each(node, value => Math.Log(1 + Math.Exp(value)))],
        ["Identity"] = node => [node[0]],
        ["Dropout"] = node => [node[0]],
        ["Cast"] = node => [node[0]],
        ["HardSigmoid"] = node => [Each(node, value => Math.Clamp((node.Float("alpha", 0.2f) * value) + node.Float("beta", 0.5f), 0, 1))],
        ["LeakyRelu"] = node => [Each(node, value => value < 0 ? node.Float("alpha", 0.01f) * value : value)],
        ["PRelu"] = node => [Pair(node[0], node[1], (value, slope) => value < 0 ? value * slope : value)],
        ["Clip"] = node => [Each(node, value => Math.Clamp(value, node.Optional(1)?.Values[0] ?? double.MinValue, node.Optional(2)?.Values[0] ?? double.MaxValue))],
        ["ReduceMean"] = node => [PlainShapes.Mean(node[0], node.Ints("axes"), node.Int("keepdims", 1) != 0)],
        ["GlobalAveragePool"] = node => [PlainShapes.Mean(node[0], [2, 3], keep: true)],
        ["Softmax"] = node => [PlainShapes.Softmax(node[0], node.Int("axis", -1))],
        ["InstanceNormalization"] = node => [PlainShapes.InstanceNormalization(node)],
        ["Shape"] = node => [new PlainTensor([node[0].Rank], Array.ConvertAll(node[0].Shape, size => (double)size))],
        ["Reshape"] = node => [PlainShapes.Reshape(node[0], node.Ints(1))],
        ["Flatten"] = node => [PlainShapes.Reshape(node[0], [node[0].Shape[..node.Int("axis", 1)].Aggregate(1, (a, b) => a * b), -1])],
        ["Squeeze"] = node => [PlainShapes.Squeeze(node[0], node.Ints(1))],
        ["Unsqueeze"] = node => [PlainShapes.Unsqueeze(node[0], node.Ints(1))],
        ["Transpose"] = node => [PlainShapes.Transpose(node[0], node.Ints("perm"))],
        ["Gather"] = node => [PlainShapes.Gather(node[0], node[1], node.Int("axis", 0))],
        ["Concat"] = node => [PlainShapes.Concat([.. Enumerable.Range(0, node.Count).Select(i => node[i])], node.Int("axis", 0))],
        ["Slice"] = node => [PlainShapes.Slice(node[0], node.Ints(1), node.Ints(2), node.Ints(3))],
        ["Split"] = PlainShapes.Split,
        ["MatMul"] = node => [PlainShapes.MatMul(node[0], node[1])],
        ["Gemm"] = node => [PlainShapes.Gemm(node)],
        ["Conv"] = node => [PlainWindows.Conv(node)],
        ["ConvTranspose"] = node => [PlainWindows.ConvTranspose(node)],
        ["MaxPool"] = node => [PlainWindows.MaxPool(node)],
        ["Resize"] = node => [PlainResize.Run(node)],
        ["LSTM"] = PlainRecurrent.Lstm,
        ["GRU"] = PlainRecurrent.Gru,
        ["RNN"] = PlainRecurrent.Rnn,
    };

    /// <summary>The values of the network's outputs.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="inputs">The values of its inputs, with their shapes.</param>
    public static PlainTensor[] Run(GraphProto graph, params PlainTensor[] inputs)
    {
        Dictionary<string, PlainTensor> values = graph.Initializer.ToDictionary(constant => constant.Name, Constant);
        for (int i = 0; i < inputs.Length; i++)
        {
            values[graph.Input[i].Name] = inputs[i];
        }

        foreach (NodeProto node in graph.Node)
        {
            PlainTensor[] outputs = node.OpType == "Constant"
                ? [Constant(node.Attribute[0].T)]
                : s_operators[node.OpType](new PlainNode(node, [.. node.Input.Select(name => name.Length == 0 ? null : values[name])]));
            for (int i = 0; i < node.Output.Count; i++)
            {
                values[node.Output[i]] = outputs[i];
            }
        }

        return [.. graph.Output.Select(output => values[output.Name])];
    }

    /// <summary>A function of two tensors that are broadcast against each other.</summary>
    public static PlainTensor Pair(PlainTensor left, PlainTensor right, Func<double, double, double> function)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] shape = [.. Enumerable.Range(1, rank).Select(i => Math.Max(Size(left, i), Size(right, i))).Reverse()];
        return PlainTensor.Of(shape, place => function(left.Broadcast(place), right.Broadcast(place)));

        static int Size(PlainTensor tensor, int fromEnd)
        {
            return fromEnd <= tensor.Rank ? tensor.Shape[^fromEnd] : 1;
        }
    }

    private static PlainTensor Each(PlainNode node, Func<double, double> function)
    {
        return node[0] with { Values = Array.ConvertAll(node[0].Values, value => function(value)) };
    }

    /// <summary>The error function by its Taylor series, which is exact to 1e-9 for what tests feed it.</summary>
    private static double Erf(double value)
    {
        if (Math.Abs(value) > 4)
        {
            return Math.Sign(value);
        }

        double sum = 0;
        double term = value;
        for (int n = 0; n < 100; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -value * value / (n + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }

    private static PlainTensor Constant(TensorProto constant)
    {
        int[] shape = [.. constant.Dims.Select(size => (int)size)];
        float[] values = ConstantValues.Of(new Tensor("constant", TensorBytes.TypeOf(constant.DataType)!.Value, shape) { Data = TensorBytes.Of(constant) })!;
        return new PlainTensor(shape, Array.ConvertAll(values, value => (double)value));
    }
}
