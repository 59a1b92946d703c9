using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Small float networks with one kind of operation each.</summary>
internal static class OperatorCases
{
    private static readonly int[] s_image = [1, 6, 6, 4];
    private static readonly int[] s_row = [2, 24];

    /// <summary>Every case by name.</summary>
    public static IReadOnlyDictionary<string, Func<FloatNetwork, Tensor[]>> All { get; } = new Dictionary<string, Func<FloatNetwork, Tensor[]>>
    {
        ["add"] = network => [network.Add(Sum(ArithmeticFunction.Add), s_image, network.Input(s_image), network.Input(s_image))],
        ["add of a constant"] = network => [network.Add(Sum(ArithmeticFunction.Add), s_image, network.Input(s_image), network.Random(2, 4))],
        ["add with relu6"] = network => [network.Add(new Arithmetic(ArithmeticFunction.Add, Activation.Relu6), s_image, network.Input(s_image), network.Random(2, 4))],
        ["subtract"] = network => [network.Add(Sum(ArithmeticFunction.Subtract), s_image, network.Input(s_image), network.Input(1, 1, 1, 4))],
        ["multiply"] = network => [network.Add(Sum(ArithmeticFunction.Multiply), s_image, network.Input(s_image), network.Input(s_image))],
        ["multiply by a number"] = network => [network.Add(Sum(ArithmeticFunction.Multiply), s_image, network.Input(s_image), network.Constant([], -0.37f))],
        ["divide"] = network => [network.Add(Sum(ArithmeticFunction.Divide), s_row, network.Input(s_row), network.Add(Sum(ArithmeticFunction.Add), s_row, network.Add(new Unary(UnaryFunction.Logistic), s_row, network.Input(s_row)), network.Constant([], 0.5f)))],
        ["layer normalization"] = network => [LayerNormalized(network)],
        ["squared difference"] = network => [network.Add(Sum(ArithmeticFunction.SquaredDifference), s_image, network.Input(s_image), network.Input(s_image))],
        ["maximum"] = network => [network.Add(Sum(ArithmeticFunction.Maximum), s_image, network.Input(s_image), network.Random(1, 4))],
        ["minimum"] = network => [network.Add(Sum(ArithmeticFunction.Minimum), s_image, network.Input(s_image), network.Input(s_image))],
        ["add many"] = network => [network.Add(new AddMany(), s_image, network.Input(s_image), network.Input(s_image), network.Input(s_image))],
        ["average pool"] = network => [network.Add(new Pool2D(PoolKind.Average, 2, 2, Window(2), Activation.None), [1, 3, 3, 4], network.Input(s_image))],
        ["global average pool"] = network => [network.Add(new Pool2D(PoolKind.Average, 6, 6, Window(1), Activation.None), [1, 1, 1, 4], network.Input(s_image))],
        ["max pool"] = network => [network.Add(new Pool2D(PoolKind.Maximum, 3, 3, Window(1), Activation.None), [1, 4, 4, 4], network.Input(s_image))],
        ["max pool with relu"] = network => [network.Add(new Pool2D(PoolKind.Maximum, 3, 3, Window(1), Activation.Relu), [1, 4, 4, 4], network.Input(s_image))],
        ["mean"] = network => [network.Add(new Reduce(ReduceFunction.Mean, false), [1, 4], network.Input(s_image), FloatNetwork.Integers(1, 2))],
        ["sum"] = network => [network.Add(new Reduce(ReduceFunction.Sum, true), [1, 6, 6, 1], network.Input(s_image), FloatNetwork.Integers(-1))],
        ["reduced maximum"] = network => [network.Add(new Reduce(ReduceFunction.Maximum, false), [1, 6, 6], network.Input(s_image), FloatNetwork.Integers(3))],
        ["reduced minimum"] = network => [network.Add(new Reduce(ReduceFunction.Minimum, false), [1, 6, 6], network.Input(s_image), FloatNetwork.Integers(3))],
        ["resize bilinear"] = network => [network.Add(new ResizeBilinear(false, true), [1, 9, 9, 4], network.Input(s_image), FloatNetwork.Integers(9, 9))],
        ["resize nearest neighbor"] = network => [network.Add(new ResizeNearestNeighbor(false, false), [1, 12, 12, 4], network.Input(s_image), FloatNetwork.Integers(12, 12))],
        ["softmax"] = network => [network.Add(new Softmax(1), s_row, network.Input(s_row))],
        ["log softmax"] = network => [network.Add(new LogSoftmax(), s_row, network.Input(s_row))],
        ["l2 normalization"] = network => [network.Add(new L2Normalization(), s_row, network.Input(s_row))],
        ["logistic"] = network => [network.Add(new Unary(UnaryFunction.Logistic), s_row, network.Input(s_row))],
        ["tanh"] = network => [network.Add(new Unary(UnaryFunction.Tanh), s_row, network.Input(s_row))],
        ["relu"] = network => [network.Add(new Unary(UnaryFunction.Relu), s_row, network.Input(s_row))],
        ["relu6"] = network => [network.Add(new Unary(UnaryFunction.Relu6), s_row, Scaled(network, s_row, 5))],
        ["relu n1 to 1"] = network => [network.Add(new Unary(UnaryFunction.ReluN1To1), s_row, network.Input(s_row))],
        ["hard swish"] = network => [network.Add(new Unary(UnaryFunction.HardSwish), s_row, Scaled(network, s_row, 3))],
        ["elu"] = network => [network.Add(new Unary(UnaryFunction.Elu), s_row, network.Input(s_row))],
        ["gelu"] = network => [network.Add(new Unary(UnaryFunction.Gelu), s_row, network.Input(s_row))],
        ["erf"] = network => [network.Add(new Unary(UnaryFunction.Erf), s_row, network.Input(s_row))],
        ["swish"] = network => [network.Add(new Unary(UnaryFunction.Swish), s_row, network.Input(s_row))],
        ["absolute"] = network => [network.Add(new Unary(UnaryFunction.Absolute), s_row, network.Input(s_row))],
        ["negate"] = network => [network.Add(new Unary(UnaryFunction.Negate), s_row, network.Input(s_row))],
        ["square"] = network => [network.Add(new Unary(UnaryFunction.Square), s_row, network.Input(s_row))],
        ["exponential"] = network => [network.Add(new Unary(UnaryFunction.Exponential), s_row, network.Input(s_row))],
        ["sine"] = network => [network.Add(new Unary(UnaryFunction.Sine), s_row, network.Input(s_row))],
        ["square root"] = network => [network.Add(new Unary(UnaryFunction.SquareRoot), s_row, network.Add(new Unary(UnaryFunction.Square), s_row, network.Input(s_row)))],
        ["leaky relu"] = network => [network.Add(new LeakyRelu(0.1f), s_row, network.Input(s_row))],
        ["prelu"] = network => [network.Add(new PRelu(), s_image, network.Input(s_image), network.Random(0.3, 1, 1, 4))],
        ["matrix product"] = network => [network.Add(new BatchMatrixProduct(false, true), [2, 5, 7], network.Input(2, 5, 9), network.Input(2, 7, 9))],
        ["matrix product with a constant"] = network => [network.Add(new BatchMatrixProduct(false, false), [2, 5, 7], network.Input(2, 5, 9), network.Random(0.5, 9, 7))],
        ["cumulative sum"] = network => [network.Add(new CumulativeSum(false, false), s_row, network.Input(s_row), FloatNetwork.Integers(1))],
        ["transposed convolution"] = network => [network.Add(new TransposedConvolution2D(2, 2, 0, 0, Activation.Relu), [1, 12, 12, 3], network.Input(s_image), network.Random(0.3, 3, 2, 2, 4), network.Random(0.3, 3))],
        ["concatenation"] = network => [network.Add(new Concatenation(3), [1, 6, 6, 8], network.Input(s_image), Scaled(network, s_image, 3))],
        ["concatenation with a constant"] = network => [network.Add(new Concatenation(3), [1, 6, 6, 8], network.Input(s_image), network.Random(3, s_image))],
        ["transpose"] = network => [network.Add(new Transpose(), [1, 4, 6, 6], network.Input(s_image), FloatNetwork.Integers(0, 3, 1, 2))],
        ["pad"] = network => [network.Add(new Pad(), [1, 8, 8, 4], network.Input(s_image), Paddings(), network.Constant([], 0.7f))],
        ["pad with the lowest number"] = network => [LowestPad(network)],
        ["slice"] = network => [network.Add(new Slice(), [1, 3, 6, 4], network.Input(s_image), FloatNetwork.Integers(0, 2, 0, 0), FloatNetwork.Integers(1, 3, 6, 4))],
        ["gather"] = network => [network.Add(new Gather(1, 0), [2, 3], network.Input(s_row), FloatNetwork.Integers(5, 1, 7))],
        ["select"] = network => [Selected(network)],
        ["unpack and pack"] = Unpacked,
    };

    private static Arithmetic Sum(ArithmeticFunction function)
    {
        return new Arithmetic(function, Activation.None);
    }

    private static WindowAttributes Window(int stride)
    {
        return new WindowAttributes(stride, stride, 1, 1, 0, 0, 0, 0);
    }

    private static Tensor Scaled(FloatNetwork network, int[] shape, float factor)
    {
        return network.Add(Sum(ArithmeticFunction.Multiply), shape, network.Input(shape), network.Constant([], factor));
    }

    private static Tensor Paddings()
    {
        Tensor paddings = FloatNetwork.Integers(0, 0, 1, 1, 1, 1, 0, 0);
        paddings.Shape = [4, 2];
        return paddings;
    }

    private static Tensor LowestPad(FloatNetwork network)
    {
        Tensor padded = network.Add(new Pad(), [1, 8, 8, 4], network.Input(s_image), Paddings(), network.Constant([], float.MinValue));
        return network.Add(new Pool2D(PoolKind.Maximum, 3, 3, Window(1), Activation.None), s_image, padded);
    }

    private static Tensor LayerNormalized(FloatNetwork network)
    {
        Tensor data = Scaled(network, s_row, 3);
        Tensor mean = network.Add(new Reduce(ReduceFunction.Mean, true), [2, 1], data, FloatNetwork.Integers(1));
        Tensor centered = network.Add(Sum(ArithmeticFunction.Subtract), s_row, data, mean);
        Tensor variance = network.Add(new Reduce(ReduceFunction.Mean, true), [2, 1], network.Add(new Unary(UnaryFunction.Square), s_row, centered), FloatNetwork.Integers(1));
        Tensor inverse = network.Add(new Unary(UnaryFunction.ReciprocalSquareRoot), [2, 1], network.Add(Sum(ArithmeticFunction.Add), [2, 1], variance, network.Constant([], 1e-5f)));
        return network.Add(Sum(ArithmeticFunction.Multiply), s_row, network.Add(Sum(ArithmeticFunction.Multiply), s_row, centered, inverse), network.Random(1, 24));
    }

    private static Tensor Selected(FloatNetwork network)
    {
        Tensor a = network.Input(s_row);
        Tensor b = network.Input(s_row);
        Tensor condition = network.Add(new Comparison(ComparisonFunction.Greater), DataType.Bool, s_row, a, b);
        return network.Add(new Select(false), s_row, condition, a, b);
    }

    private static Tensor[] Unpacked(FloatNetwork network)
    {
        Tensor data = network.Input(3, 8);
        Tensor[] rows = [.. Enumerable.Range(0, 3).Select(i => new Tensor($"row{i}", DataType.Float32, [8]))];
        network.Graph.Nodes.Add(new Node(new Unstack(0), [data], rows));
        Tensor sum = network.Add(Sum(ArithmeticFunction.Add), [8], rows[0], rows[1]);
        return [network.Add(new Stack(1), [8, 2], sum, rows[2])];
    }
}
