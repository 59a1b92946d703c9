using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

public sealed class BatchMatrixProductTests
{
    private const int Rows = 3;
    private const int Depth = 5;
    private const int Columns = 4;
    private const float LeftScale = 0.03f;
    private const float RightScale = 0.05f;
    private const float OutputScale = 0.11f;

    /// <summary>Batch dimensions of the left and of the right.</summary>
    public static TheoryData<int[], int[]> Batches => new()
    {
        { [], [] },
        { [3], [3] },
        { [3], [] },
        { [], [3] },
        { [2, 3], [3] },
        { [2, 1], [1, 3] },
        { [2, 1, 2], [2, 3, 1] },
        { [2, 3, 2], [1, 1, 1] },
        { [1, 2, 1], [2, 1, 3] },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Int8_matches_the_definition(int[] leftBatches, int[] rightBatches)
    {
        foreach ((bool leftTransposed, bool rightTransposed, bool rightConstant) in Variants())
        {
            Case test = new(leftBatches, rightBatches, leftTransposed, rightTransposed);
            Random random = new(3);
            sbyte[] left = SmallNetwork.Numbers<sbyte>(random, test.LeftCount, -128, 127);
            sbyte[] right = SmallNetwork.Numbers<sbyte>(random, test.RightCount, -128, 127);
            Tensor leftTensor = SmallNetwork.Tensor("left", DataType.Int8, test.LeftShape, LeftScale, -4);
            Tensor rightTensor = rightConstant
                ? SmallNetwork.Constant("right", DataType.Int8, test.RightShape, right, Quantization.PerTensor(RightScale, 9))
                : SmallNetwork.Tensor("right", DataType.Int8, test.RightShape, RightScale, 9);
            SmallNetwork network = test.Load(leftTensor, rightTensor, SmallNetwork.Tensor("output", DataType.Int8, test.OutputShape, OutputScale, 5));

            QuantizedMultiplier factor = QuantizedMultiplier.From((double)(LeftScale * RightScale) / OutputScale);
            sbyte[] expected = Array.ConvertAll(
                test.Sums(Array.ConvertAll(left, value => value + 4L), Array.ConvertAll(right, value => value - 9L)),
                sum => (sbyte)Math.Clamp(Requantization.MultiplyByQuantizedMultiplier((int)sum, factor.Multiplier, factor.Shift) + 5, -128, 127));

            Assert.Equal(expected, rightConstant ? network.Run<sbyte>(left) : network.Run<sbyte>(left, right));
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Int16_matches_the_definition(int[] leftBatches, int[] rightBatches)
    {
        foreach ((bool leftTransposed, bool rightTransposed, _) in Variants())
        {
            Case test = new(leftBatches, rightBatches, leftTransposed, rightTransposed);
            Random random = new(4);
            short[] left = SmallNetwork.Numbers<short>(random, test.LeftCount, -32768, 32767);
            short[] right = SmallNetwork.Numbers<short>(random, test.RightCount, -32768, 32767);
            SmallNetwork network = test.Load(
                SmallNetwork.Tensor("left", DataType.Int16, test.LeftShape, LeftScale / 100, 0),
                SmallNetwork.Tensor("right", DataType.Int16, test.RightShape, RightScale / 100, 0),
                SmallNetwork.Tensor("output", DataType.Int16, test.OutputShape, OutputScale, 0));

            QuantizedMultiplier factor = QuantizedMultiplier.From((double)(LeftScale / 100 * (RightScale / 100)) / OutputScale);
            short[] expected = Array.ConvertAll(
                test.Sums(Array.ConvertAll(left, value => (long)value), Array.ConvertAll(right, value => (long)value)),
                sum => (short)Math.Clamp(Requantization.MultiplyByQuantizedMultiplier(sum, factor.Multiplier, factor.Shift), -32768, 32767));

            Assert.Equal(expected, network.Run<short>(left, right));
        }
    }

    [Theory]
    [InlineData(nameof(DataType.Int8), nameof(DataType.Int16), nameof(DataType.Int8))]
    [InlineData(nameof(DataType.Int8), nameof(DataType.Int8), nameof(DataType.Int32))]
    [InlineData(nameof(DataType.Int32), nameof(DataType.Int32), nameof(DataType.Int32))]
    public void Other_types_are_refused(string left, string right, string output)
    {
        Case test = new([], [], false, false);

        Assert.Throws<UnsupportedNetworkException>(() => test.Load(
            SmallNetwork.Tensor("left", Enum.Parse<DataType>(left), test.LeftShape, 1, 0),
            SmallNetwork.Tensor("right", Enum.Parse<DataType>(right), test.RightShape, 1, 0),
            SmallNetwork.Tensor("output", Enum.Parse<DataType>(output), test.OutputShape, 1, 0)));
    }

    private static IEnumerable<(bool LeftTransposed, bool RightTransposed, bool RightConstant)> Variants()
    {
        return Enumerable.Range(0, 8).Select(i => ((i & 1) != 0, (i & 2) != 0, (i & 4) != 0));
    }

    private sealed record Case(int[] LeftBatches, int[] RightBatches, bool LeftTransposed, bool RightTransposed)
    {
        public int[] LeftShape => [.. LeftBatches, .. LeftTransposed ? new[] { Depth, Rows } : [Rows, Depth]];

        public int[] RightShape => [.. RightBatches, .. RightTransposed ? new[] { Columns, Depth } : [Depth, Columns]];

        public int[] OutputShape => [.. OutputBatches, Rows, Columns];

        public int LeftCount => Product(LeftShape);

        public int RightCount => Product(RightShape);

        private int Rank => Math.Max(LeftBatches.Length, RightBatches.Length);

        private int[] OutputBatches => [.. Padded(LeftBatches).Zip(Padded(RightBatches), Math.Max)];

        public SmallNetwork Load(Tensor left, Tensor right, Tensor output)
        {
            Node node = new(new BatchMatrixProduct(LeftTransposed, RightTransposed), [left, right], [output]);
            return SmallNetwork.Load(SmallNetwork.Graph(right.IsConstant ? [left] : [left, right], [output], node));
        }

        /// <summary>The definition, index by index.</summary>
        public long[] Sums(long[] left, long[] right)
        {
            long[] sums = new long[Product(OutputShape)];
            for (int i = 0; i < sums.Length; i++)
            {
                int column = i % Columns;
                int row = i / Columns % Rows;
                int batch = i / Columns / Rows;
                int leftMatrix = Matrix(batch, LeftBatches) * Rows * Depth;
                int rightMatrix = Matrix(batch, RightBatches) * Depth * Columns;
                for (int k = 0; k < Depth; k++)
                {
                    int leftAt = LeftTransposed ? (k * Rows) + row : (row * Depth) + k;
                    int rightAt = RightTransposed ? (column * Depth) + k : (k * Columns) + column;
                    sums[i] += left[leftMatrix + leftAt] * right[rightMatrix + rightAt];
                }
            }

            return sums;
        }

        private static int Product(int[] shape)
        {
            return shape.Aggregate(1, (product, size) => product * size);
        }

        private int[] Padded(int[] batches)
        {
            return [.. Enumerable.Repeat(1, Rank - batches.Length), .. batches];
        }

        private int Matrix(int batch, int[] batches)
        {
            int[] sizes = Padded(batches);
            int[] outputs = OutputBatches;
            int matrix = 0;
            int step = 1;
            for (int axis = Rank - 1; axis >= 0; axis--)
            {
                matrix += sizes[axis] == 1 ? 0 : batch % outputs[axis] * step;
                batch /= outputs[axis];
                step *= sizes[axis];
            }

            return matrix;
        }
    }
}
