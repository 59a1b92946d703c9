using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>A small file that has every kind of thing a file may hold, so that tests need none from elsewhere.</summary>
internal static class SmallModel
{
    public const int Int8 = 9;
    public const int Int4 = 17;
    public const int Int32 = 2;

    public const int Conv2D = 3;
    public const int Add = 0;
    public const int Custom = 32;
    public const int CallOnce = 129;
    public const int VarHandle = 142;

    public static TableBuilder Build()
    {
        TableBuilder main = Subgraph(
            [
                Tensor("data", Int8, [1, 2, 2, 1]).With(4, Quantization([0.5f], [-3], 0)).With(7, new[] { -1, 2, 2, 1 }),
                Tensor("weights", Int4, [3, 1, 1, 1], 1).With(4, Quantization([0.1f, 0.2f, 0.3f], [0, 0, 0], 0)),
                Tensor("bias", Int32, [3], 2),
                Tensor("result", Int8, [1, 1, 2, 3]).With(4, Quantization([0.25f], [7], 0)),
                Tensor("state", Int8, [2]).With(5, true),
                Tensor("sparse", Int8, [100], 3).With(6, new TableBuilder()),
            ],
            [0],
            [3],
            Node(0, [0, 1, 2], [3]).Options(1, new TableBuilder().With(0, (sbyte)1).With(1, 1).With(2, 2).With(3, (sbyte)3).With(6, (sbyte)2)),
            Node(1, [4, -1], [4]).With(8, new[] { 3, -1 }),
            Node(2, [0], [3]).With(5, new byte[] { 1, 2, 3 }).With(11, (byte)4).With(12, new TableBuilder()),
            Node(3, [], []).Options(103, new TableBuilder().With(0, 1)),
            Node(4, [], [4]).Options(111, new TableBuilder().With(0, "box").With(1, "größe")));
        TableBuilder init = Subgraph([Tensor("", Int8, [])], [], [0]).With(4, "init");
        return Model(
            [Code(Conv2D, 8), new TableBuilder(), new TableBuilder().With(0, (sbyte)Custom).With(1, "Fold"), Code(CallOnce), Code(VarHandle)],
            [main, init],
            [Buffer(), Buffer(0x21, 0x03), Buffer([.. Enumerable.Range(1, 12).Select(value => (byte)value)]), Buffer(9, 9)])
            .With(6, new[] { new TableBuilder().With(0, "about").With(1, 3u) });
    }
}
