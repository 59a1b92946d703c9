using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;

namespace EdgeQuant.Benchmarks;

/// <summary>An operator that accumulates products, of a size that networks have it in, to measure alone.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Make">Makes the network that consists of it.</param>
internal sealed record BenchmarkedOperator(string Name, Func<NetworkGraph> Make)
{
    private const float DataScale = 1f / 64;
    private const float WeightScale = 1f / 128;

    private static readonly WindowAttributes Pixel = new(1, 1, 1, 1, 0, 0, 0, 0);
    private static readonly WindowAttributes Same = new(1, 1, 1, 1, 1, 1, 1, 1);
    private static readonly WindowAttributes Dilated = new(1, 1, 2, 2, 2, 2, 2, 2);
    private static readonly WindowAttributes SameRow = new(1, 1, 1, 1, 0, 0, 1, 1);

    /// <summary>All, in the order of tables.</summary>
    public static BenchmarkedOperator[] All { get; } =
    [
        Convolution("conv 3x3, 32x32x32 to 32", Same, [1, 32, 32, 32], [32, 3, 3, 32]),
        Convolution("conv 3x3, dilation 2", Dilated, [1, 32, 32, 32], [32, 3, 3, 32]),
        Convolution("conv 1x1, 32x32x32 to 32", Pixel, [1, 32, 32, 32], [32, 1, 1, 32]),
        Convolution("conv 1x3, 1x256x32 to 32", SameRow, [1, 1, 256, 32], [32, 1, 3, 32]),
        Convolution("conv 3x3, 4 groups", Same, [1, 32, 32, 32], [32, 3, 3, 8]),
        Convolution("conv 3x3, 16 groups", Same, [1, 32, 32, 64], [64, 3, 3, 4]),
        Convolution("conv 3x3, asymmetric weights", Same, [1, 32, 32, 32], [32, 3, 3, 32], zeroPoint: 9),
        Convolution("conv 3x3, 16 bits", Same, [1, 32, 32, 32], [32, 3, 3, 32], DataType.Int16),
        Convolution("conv 1x1, 16 bits", Pixel, [1, 32, 32, 32], [32, 1, 1, 32], DataType.Int16),
        Transposed("transposed conv 3x3, stride 2", [1, 16, 16, 32], [32, 3, 3, 32], DataType.Int8),
        Transposed("transposed conv 3x3, 16 bits", [1, 16, 16, 32], [32, 3, 3, 32], DataType.Int16),
        Depthwise("depthwise 3x3, 32x32x32", [1, 32, 32, 32], 1),
        Depthwise("depthwise 3x3, 2 outputs each", [1, 32, 32, 32], 2),
        Depthwise("depthwise 3x3, 8 outputs each", [1, 32, 32, 8], 8),
        Depthwise("depthwise 3x3, asymmetric weights", [1, 32, 32, 32], 1, zeroPoint: 9),
        Depthwise("depthwise 3x3, 16 bits", [1, 32, 32, 32], 1, DataType.Int16),
        Connected("fully connected, 256 to 256", [1, 256], 256),
        Connected("fully connected, asymmetric weights", [1, 256], 256, zeroPoint: 9),
        Connected("fully connected, 16 bits", [1, 256], 256, DataType.Int16),
        Connected("fully connected, 2048 to 256, 16 bits", [1, 2048], 256, DataType.Int16),
        Connected("fully connected, 64 rows of 256, 16 bits", [64, 256], 256, DataType.Int16),
        Dynamic(Convolution("conv 3x3, dynamic scale", Same, [1, 32, 32, 32], [32, 3, 3, 32])),
        Dynamic(Depthwise("depthwise 3x3, dynamic scale", [1, 32, 32, 32], 1)),
        Dynamic(Connected("fully connected, 256 to 256, dynamic scale", [1, 256], 256)),
        Matrices("4 matrices 64x64 by 64x64", false, DataType.Int8),
        Matrices("4 matrices 64x64 by transposed", true, DataType.Int8),
        Matrices("4 matrices 64x64 by 64x64, 16 bits", false, DataType.Int16),
    ];

    /// <summary>The model file of the operator.</summary>
    public byte[] File()
    {
        NetworkGraph graph = Make();
        GraphCheck.Run(graph);
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlanner.Run(network);
        return ModelWriter.Write(network, selfTest: null, modelCard: null);
    }

    private static BenchmarkedOperator Convolution(string name, WindowAttributes window, int[] data, int[] filter, DataType type = DataType.Int8, int zeroPoint = 0)
    {
        int[] output = [1, (int)window.OutputHeight(new Tensor("data", type, data), filter[1]), (int)window.OutputWidth(new Tensor("data", type, data), filter[2]), filter[0]];
        return Product(name, new Convolution2D(window, Activation.Relu), type, data, filter, 0, zeroPoint, output);
    }

    private static BenchmarkedOperator Depthwise(string name, int[] data, int multiplier, DataType type = DataType.Int8, int zeroPoint = 0)
    {
        int outputs = data[3] * multiplier;
        return Product(name, new DepthwiseConvolution2D(Same, Activation.Relu), type, data, [1, 3, 3, outputs], 3, zeroPoint, [1, data[1], data[2], outputs]);
    }

    private static BenchmarkedOperator Transposed(string name, int[] data, int[] filter, DataType type)
    {
        return Product(name, new TransposedConvolution2D(2, 2, 0, 0, Activation.None), type, data, filter, 0, 0, [1, 2 * data[1], 2 * data[2], filter[0]]);
    }

    private static BenchmarkedOperator Connected(string name, int[] data, int outputs, DataType type = DataType.Int8, int zeroPoint = 0)
    {
        return Product(name, new FullyConnected(Activation.Relu), type, data, [outputs, data[1]], 0, zeroPoint, [data[0], outputs]);
    }

    private static BenchmarkedOperator Matrices(string name, bool transposed, DataType type)
    {
        return new BenchmarkedOperator(name, () =>
        {
            Tensor right = Data("right", type, [4, 64, 64], DataScale);
            NetworkGraph graph = Network(new BatchMatrixProduct(false, transposed), [Data("left", type, [4, 64, 64], DataScale), right], Output(type, [4, 64, 64], 64 * DataScale));
            graph.Inputs.Add(right);
            return graph;
        });
    }

    /// <summary>The operator with results whose scale is found while it runs.</summary>
    private static BenchmarkedOperator Dynamic(BenchmarkedOperator op)
    {
        return op with
        {
            Make = () =>
            {
                Node node = op.Make().Nodes[0];
                Tensor scale = new("scale", DataType.Int32, [DynamicScale.Elements]);
                Tensor output = new("output", DataType.Int8, node.Output().Shape);
                NetworkGraph graph = new("operator");
                graph.Inputs.Add(node.Input(0));
                graph.Outputs.AddRange([output, scale]);
                graph.Nodes.Add(new Node(new DynamicProduct(node.Operation, Symmetric: false), [node.Input(0), node.Input(1), null, null], [output, scale]));
                return graph;
            },
        };
    }

    private static BenchmarkedOperator Product(string name, Operation operation, DataType type, int[] data, int[] weights, int axis, int zeroPoint, int[] output)
    {
        return new BenchmarkedOperator(name, () =>
        {
            Random random = new(1);
            sbyte[] values = [.. Enumerable.Range(0, weights.Aggregate(1, (product, size) => product * size)).Select(_ => (sbyte)(random.Next(-64, 64) + random.Next(-63, 64)))];
            int channels = weights[axis];
            Tensor filter = new("weights", DataType.Int8, weights)
            {
                Data = (byte[])(object)values,
                Quantization = new Quantization([.. Enumerable.Range(0, channels).Select(_ => WeightScale * (1 + random.NextSingle()))], [.. Enumerable.Repeat((long)zeroPoint, channels)], axis),
            };
            DataType biasType = type == DataType.Int16 ? DataType.Int64 : DataType.Int32;
            Tensor bias = new("bias", biasType, [channels]) { Data = IntegerConstant.Bytes(biasType, [.. Enumerable.Range(0, channels).Select(_ => (long)random.Next(-2000, 2000))]) };
            float scale = DataScale * MathF.Sqrt((float)values.Length / channels);
            return Network(operation, [Data("data", type, data, DataScale), filter, bias], Output(type, output, scale));
        });
    }

    private static Tensor Data(string name, DataType type, int[] shape, float scale)
    {
        return new Tensor(name, type, shape) { Quantization = Quantization.PerTensor(scale, type == DataType.Int16 ? 0 : 3) };
    }

    private static Tensor Output(DataType type, int[] shape, float scale)
    {
        return new Tensor("output", type, shape) { Quantization = Quantization.PerTensor(scale, type == DataType.Int16 ? 0 : -128) };
    }

    private static NetworkGraph Network(Operation operation, Tensor[] inputs, Tensor output)
    {
        NetworkGraph graph = new("operator");
        graph.Inputs.Add(inputs[0]);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        return graph;
    }
}
