using EdgeQuant.Converter.Tests.Import.TensorFlowLite;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>
/// A network of many kinds of operators in few bytes: quantization of its float input, a padded convolution, a sum, a concatenation, a mean, a
/// fully connected layer, softmax and a float output.
/// </summary>
internal static class MadeNetwork
{
    private const sbyte Float32 = 0;
    private const sbyte Int32 = 2;
    private const sbyte Int8 = 9;

    private const int Add = 0;
    private const int Concatenation = 2;
    private const int Conv2D = 3;
    private const int Dequantize = 6;
    private const int FullyConnected = 9;
    private const int Softmax = 25;
    private const int Pad = 34;
    private const int Mean = 40;
    private const int Quantize = 114;

    public static TableBuilder Build()
    {
        TableBuilder[] tensors =
        [
            Tensor("image", Float32, [1, 4, 4, 2]),
            Quantized("quantized", 0.1f, -5, 1, 4, 4, 2),
            Tensor("paddings", Int32, [4, 2], 1),
            Quantized("padded", 0.1f, -5, 1, 6, 6, 2),
            Tensor("filter", Int8, [3, 3, 3, 2], 2).With(4, Quantization([0.02f, 0.03f, 0.04f], [0, 0, 0], 0)),
            Tensor("bias", Int32, [3], 3),
            Quantized("convolved", 0.2f, 3, 1, 4, 4, 3),
            Tensor("offset", Int8, [3], 4).With(4, Quantization([0.05f], [0], 0)),
            Quantized("sum", 0.2f, 1, 1, 4, 4, 3),
            Quantized("joined", 0.2f, 1, 1, 4, 4, 6),
            Tensor("axes", Int32, [2], 5),
            Quantized("mean", 0.15f, 0, 1, 6),
            Tensor("weights", Int8, [5, 6], 6).With(4, Quantization([0.01f], [0], 0)),
            Quantized("scores", 0.1f, 2, 1, 5),
            Quantized("probabilities", 1f / 256, -128, 1, 5),
            Tensor("result", Float32, [1, 5]),
        ];
        TableBuilder[] nodes =
        [
            Node(0, [0], [1]),
            Node(1, [1, 2], [3]),
            Node(2, [3, 4, 5], [6]).Options(1, new TableBuilder().With(0, (sbyte)1).With(1, 1).With(2, 1)),
            Node(3, [6, 7], [8]).Options(11, new TableBuilder()),
            Node(4, [8, 8], [9]).Options(10, new TableBuilder().With(0, 3)),
            Node(5, [9, 10], [11]).Options(27, new TableBuilder()),
            Node(6, [11, 12, -1], [13]).Options(8, new TableBuilder()),
            Node(7, [13], [14]).Options(9, new TableBuilder().With(0, 1f)),
            Node(8, [14], [15]),
        ];
        return Model(
            [Code(Quantize), Code(Pad), Code(Conv2D), Code(Add), Code(Concatenation), Code(Mean), Code(FullyConnected), Code(Softmax), Code(Dequantize)],
            [Subgraph(tensors, [0], [15], nodes)],
            [
                Buffer(),
                Buffer(Integers(0, 0, 1, 1, 1, 1, 0, 0)),
                Buffer(Bytes(54)),
                Buffer(Integers(100, -50, 7)),
                Buffer(Bytes(3)),
                Buffer(Integers(1, 2)),
                Buffer(Bytes(30)),
            ]);
    }

    private static TableBuilder Quantized(string name, float scale, int zeroPoint, params int[] shape)
    {
        return Tensor(name, Int8, shape).With(4, Quantization([scale], [zeroPoint], 0));
    }

    private static byte[] Bytes(int count)
    {
        return [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))];
    }

    private static byte[] Integers(params int[] values)
    {
        return [.. values.SelectMany(BitConverter.GetBytes)];
    }
}
