using EdgeQuant.Converter.Tests.Import.TensorFlowLite;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>
/// A float network of many kinds of operators in few bytes: a padded convolution, a depthwise one, a sum, a concatenation, a mean, a fully
/// connected layer and a softmax.
/// </summary>
internal static class MadeFloatNetwork
{
    private const sbyte Float32 = 0;
    private const sbyte Int32 = 2;

    private const int Add = 0;
    private const int Concatenation = 2;
    private const int Conv2D = 3;
    private const int DepthwiseConv2D = 4;
    private const int FullyConnected = 9;
    private const int Softmax = 25;
    private const int Pad = 34;
    private const int Mean = 40;

    public static TableBuilder Build()
    {
        TableBuilder[] tensors =
        [
            Tensor("image", Float32, [1, 4, 4, 2]),
            Tensor("paddings", Int32, [4, 2], 1),
            Tensor("padded", Float32, [1, 6, 6, 2]),
            Tensor("filter", Float32, [3, 3, 3, 2], 2),
            Tensor("bias", Float32, [3], 3),
            Tensor("convolved", Float32, [1, 4, 4, 3]),
            Tensor("offset", Float32, [3], 4),
            Tensor("sum", Float32, [1, 4, 4, 3]),
            Tensor("depth filter", Float32, [1, 3, 3, 3], 5),
            Tensor("depth", Float32, [1, 4, 4, 3]),
            Tensor("joined", Float32, [1, 4, 4, 6]),
            Tensor("axes", Int32, [2], 6),
            Tensor("mean", Float32, [1, 6]),
            Tensor("weights", Float32, [5, 6], 7),
            Tensor("scores", Float32, [1, 5]),
            Tensor("probabilities", Float32, [1, 5]),
        ];
        TableBuilder[] nodes =
        [
            Node(0, [0, 1], [2]),
            Node(1, [2, 3, 4], [5]).Options(1, new TableBuilder().With(0, (sbyte)1).With(1, 1).With(2, 1)),
            Node(2, [5, 6], [7]).Options(11, new TableBuilder()),
            Node(3, [7, 8, 4], [9]).Options(2, new TableBuilder().With(0, (sbyte)0).With(1, 1).With(2, 1).With(3, 1)),
            Node(4, [7, 9], [10]).Options(10, new TableBuilder().With(0, 3)),
            Node(5, [10, 11], [12]).Options(27, new TableBuilder()),
            Node(6, [12, 13, -1], [14]).Options(8, new TableBuilder()),
            Node(7, [14], [15]).Options(9, new TableBuilder().With(0, 1f)),
        ];
        return Model(
            [Code(Pad), Code(Conv2D), Code(Add), Code(DepthwiseConv2D), Code(Concatenation), Code(Mean), Code(FullyConnected), Code(Softmax)],
            [Subgraph(tensors, [0], [15], nodes)],
            [
                Buffer(),
                Buffer(Bytes(0, 0, 1, 1, 1, 1, 0, 0)),
                Buffer(Numbers(54)),
                Buffer(Numbers(3)),
                Buffer(Numbers(3)),
                Buffer(Numbers(27)),
                Buffer(Bytes(1, 2)),
                Buffer(Numbers(30)),
            ]);
    }

    private static byte[] Numbers(int count)
    {
        return [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(MathF.Sin(i * 37)))];
    }

    private static byte[] Bytes(params int[] values)
    {
        return [.. values.SelectMany(BitConverter.GetBytes)];
    }
}
