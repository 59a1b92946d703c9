using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

public sealed class DynamicMatrixProductTests
{
    private const double Steps = 0.51;
    private const int Rows = 3;
    private const int Depth = 7;
    private const int Columns = 5;

    /// <summary>Batch dimensions of the left and of the right.</summary>
    public static TheoryData<int[], int[]> Batches => new()
    {
        { [], [] },
        { [3], [3] },
        { [], [3] },
        { [2, 1, 2], [2, 3, 1] },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Results_are_within_half_a_step_of_exact_arithmetic(int[] leftBatches, int[] rightBatches)
    {
        for (int variant = 0; variant < 16; variant++)
        {
            bool leftTransposed = (variant & 1) != 0;
            bool rightTransposed = (variant & 2) != 0;
            Random random = new(variant);
            Side left = new(random, [.. leftBatches, .. leftTransposed ? new[] { Depth, Rows } : [Rows, Depth]], isFixed: (variant & 4) != 0);
            Side right = new(random, [.. rightBatches, .. rightTransposed ? new[] { Columns, Depth } : [Depth, Columns]], isFixed: (variant & 8) != 0);
            int rank = Math.Max(leftBatches.Length, rightBatches.Length);
            int[] batches = [.. Padded(leftBatches, rank).Zip(Padded(rightBatches, rank), Math.Max)];
            int[] shape = [.. batches, Rows, Columns];
            DynamicNetwork network = DynamicNetwork.Load(
                new DynamicProduct(new BatchMatrixProduct(leftTransposed, rightTransposed), variant % 3 == 0), [left.Data, right.Data, left.Scale, right.Scale], shape);

            (double[] values, double step) = network.Run([left.Bytes, right.Bytes, .. left.ScaleBytes, .. right.ScaleBytes]);

            for (int i = 0; i < values.Length; i++)
            {
                int leftMatrix = Matrix(i / (Rows * Columns), batches, Padded(leftBatches, rank)) * Rows * Depth;
                int rightMatrix = Matrix(i / (Rows * Columns), batches, Padded(rightBatches, rank)) * Depth * Columns;
                int row = i / Columns % Rows;
                int column = i % Columns;
                double exact = 0;
                for (int k = 0; k < Depth; k++)
                {
                    exact += left[leftMatrix + (leftTransposed ? (k * Rows) + row : (row * Depth) + k)]
                        * right[rightMatrix + (rightTransposed ? (column * Depth) + k : (k * Columns) + column)];
                }

                Assert.InRange(values[i] - exact, -Steps * step, Steps * step);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_constant_right_is_taken_as_weights(bool transposed)
    {
        Random random = new(5);
        Side left = new(random, [2, 3, Depth], isFixed: false);
        Side right = new(random, transposed ? [Columns, Depth] : [Depth, Columns], isFixed: true);
        right.Data.Data = right.Bytes;
        DynamicNetwork network = DynamicNetwork.Load(
            new DynamicProduct(new BatchMatrixProduct(false, transposed), false), [left.Data, right.Data, left.Scale, null], 2, 3, Columns);

        (double[] values, double step) = network.Run([left.Bytes, .. left.ScaleBytes]);

        for (int i = 0; i < values.Length; i++)
        {
            double exact = Enumerable.Range(0, Depth).Sum(k => left[(i / Columns * Depth) + k] * right[transposed ? (i % Columns * Depth) + k : (k * Columns) + (i % Columns)]);
            Assert.InRange(values[i] - exact, -Steps * step, Steps * step);
        }
    }

    private static int[] Padded(int[] batches, int rank)
    {
        return [.. Enumerable.Repeat(1, rank - batches.Length), .. batches];
    }

    private static int Matrix(int batch, int[] outputs, int[] sizes)
    {
        int matrix = 0;
        int step = 1;
        for (int axis = outputs.Length - 1; axis >= 0; axis--)
        {
            matrix += sizes[axis] == 1 ? 0 : batch % outputs[axis] * step;
            batch /= outputs[axis];
            step *= sizes[axis];
        }

        return matrix;
    }

    /// <summary>One of the two inputs: drawn elements, of a fixed scale or one beside them.</summary>
    private sealed class Side
    {
        private readonly DynamicScale _scale;

        public Side(Random random, int[] shape, bool isFixed)
        {
            float step = (float)(Math.Pow(10, random.Next(-4, 4)) * (0.1 + random.NextDouble()));
            _scale = DynamicScale.Of(step, random.Next(-128, 128));
            Data = new Tensor("data", DataType.Int8, shape) { Quantization = isFixed ? Quantization.PerTensor(step, _scale.ZeroPoint) : null };
            Scale = isFixed ? null : DynamicNetwork.Scale("scale");
            Bytes = new byte[Data.ElementCount];
            random.NextBytes(Bytes);
        }

        public Tensor Data { get; }

        public Tensor? Scale { get; }

        public byte[] Bytes { get; }

        public byte[][] ScaleBytes
        {
            get
            {
                byte[] bytes = new byte[DynamicScale.Elements * sizeof(int)];
                _scale.Write(bytes);
                return Scale is null ? [] : [bytes];
            }
        }

        public double this[int index] => (unchecked((sbyte)Bytes[index]) - _scale.ZeroPoint) * _scale.Step;
    }
}
