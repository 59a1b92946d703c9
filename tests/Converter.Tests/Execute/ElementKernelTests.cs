using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Element-wise operations, reductions, products and rows with real numbers against their definitions.</summary>
public sealed class ElementKernelTests
{
    private const int Cases = 80;

    public static TheoryData<string> Functions => [.. Enum.GetNames<ArithmeticFunction>()];

    public static TheoryData<string> UnaryFunctions => [.. Enum.GetNames<UnaryFunction>()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Arithmetic_broadcasts(string name)
    {
        ArithmeticFunction function = Enum.Parse<ArithmeticFunction>(name);
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            int[] shape = Shape(random);
            int[] left = Narrowed(random, shape);
            int[] right = [.. shape.Select((size, axis) => left[axis] == 1 || random.Next(2) == 0 ? size : 1)];
            right = right[random.Next(Math.Max(1, Array.FindIndex(right, size => size != 1)))..];
            int[] result = [.. shape.Select((size, axis) => Math.Max(left[axis], Size(right, axis, shape.Length)))];
            float[] a = FloatNode.Numbers(random, left);
            float[] b = FloatNode.Numbers(random, right);

            float[] found = FloatNode.Run(new Arithmetic(function, Activation.None), [FloatNode.Input(left), FloatNode.Input(right)], result, a, b);

            FloatNode.Close([.. Indices(result).Select(index => Of(function, a[At(index, left)], b[At(index, right)]))], found, $"case {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(UnaryFunctions))]
    public void Functions_of_one_number_are_what_they_say(string name)
    {
        UnaryFunction function = Enum.Parse<UnaryFunction>(name);
        float[] values = [-30, -7.5f, -6, -3, -2.5f, -1, -0.5f, -1e-3f, 0, 1e-3f, 0.5f, 1, 1.5f, 2.5f, 3, 6, 7.5f, 30, .. FloatNode.Numbers(new Random(1), 23)];

        float[] found = FloatNode.Run(new Unary(function), [FloatNode.Input(values.Length)], [values.Length], values);

        FloatNode.Close([.. values.Select(x => Of(function, x))], found, name);
    }

    [Fact]
    public void Reductions_take_any_axes()
    {
        foreach (ReduceFunction function in new[] { ReduceFunction.Mean, ReduceFunction.Sum, ReduceFunction.Maximum, ReduceFunction.Minimum })
        {
            for (int seed = 0; seed < Cases; seed++)
            {
                Random random = new(seed);
                int[] shape = Shape(random);
                int[] axes = [.. Enumerable.Range(0, shape.Length).Where(_ => random.Next(2) == 0).Select(axis => random.Next(2) == 0 ? axis : axis - shape.Length)];
                int[] kept = [.. shape.Select((size, axis) => axes.Contains(axis) || axes.Contains(axis - shape.Length) ? 1 : size)];
                float[] values = FloatNode.Numbers(random, shape);

                float[] found = FloatNode.Run(new Reduce(function, KeepDimensions: true), [FloatNode.Input(shape), FloatNode.Constant(axes)], kept, values);

                ILookup<int, double> groups = Indices(shape).Select((index, i) => (To: At(index, kept), Value: (double)values[i])).ToLookup(pair => pair.To, pair => pair.Value);
                FloatNode.Close(
                    [.. Enumerable.Range(0, found.Length).Select(i => function switch
                    {
                        ReduceFunction.Mean => groups[i].Average(),
                        ReduceFunction.Sum => groups[i].Sum(),
                        ReduceFunction.Maximum => groups[i].Max(),
                        _ => groups[i].Min(),
                    })],
                    found,
                    $"{function}, case {seed}");
            }
        }
    }

    [Fact]
    public void Matrix_products_broadcast_and_transpose()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            (int rows, int depth, int columns) = (random.Next(1, 14), random.Next(1, 20), random.Next(1, 40));
            (bool leftTransposed, bool rightTransposed) = (random.Next(2) == 0, random.Next(2) == 0);
            int[] batches = [random.Next(1, 4), random.Next(1, 4)];
            int[] leftBatches = Narrowed(random, batches);
            int[] rightBatches = [.. batches.Select((size, axis) => leftBatches[axis] == 1 ? size : random.Next(2) == 0 ? size : 1)];
            int[] left = leftTransposed ? [.. leftBatches, depth, rows] : [.. leftBatches, rows, depth];
            int[] right = rightTransposed ? [.. rightBatches, columns, depth] : [.. rightBatches, depth, columns];
            float[] a = FloatNode.Numbers(random, left);
            float[] b = FloatNode.Numbers(random, right);
            int[] result = [.. batches, rows, columns];

            float[] found = FloatNode.Run(new BatchMatrixProduct(leftTransposed, rightTransposed), [FloatNode.Input(left), FloatNode.Input(right)], result, a, b);

            FloatNode.Close(
                [.. Indices(result).Select(index => Enumerable.Range(0, depth).Sum(k => (double)a[At(leftTransposed ? [.. index[..2], k, index[2]] : [.. index[..2], index[2], k], left)]
                    * b[At(rightTransposed ? [.. index[..2], index[3], k] : [.. index[..2], k, index[3]], right)]))],
                found,
                $"case {seed}");
        }
    }

    [Fact]
    public void Fully_connected_layers_of_any_size_are_sums_of_products()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            (int rows, int depth, int columns) = (random.Next(1, 10), random.Next(1, 70), random.Next(1, 40));
            float[] data = FloatNode.Numbers(random, rows, depth);
            float[] weights = FloatNode.Numbers(random, columns, depth);
            float[] bias = FloatNode.Numbers(random, columns);
            Tensor[] inputs = [FloatNode.Input(rows, depth), FloatNode.Constant([columns, depth], weights), FloatNode.Constant([columns], bias)];

            float[] found = FloatNode.Run(new FullyConnected(Activation.Relu), inputs, [rows, columns], data);

            FloatNode.Close(
                [.. Enumerable.Range(0, found.Length).Select(i => Math.Max(0, bias[i % columns] + Enumerable.Range(0, depth).Sum(k => (double)data[(i / columns * depth) + k] * weights[(i % columns * depth) + k])))],
                found,
                $"case {seed}");
        }
    }

    [Fact]
    public void Rows_are_normalized()
    {
        float[] values = [.. FloatNode.Numbers(new Random(3), 4, 21).Select(value => value * 20)];
        int[] shape = [4, 21];
        Tensor Input() => FloatNode.Input(shape);
        double[][] rows = [.. values.Select(value => (double)value).Chunk(21)];

        FloatNode.Close(
            [.. rows.SelectMany(row => row.Select(x => Math.Exp(0.5 * (x - row.Max())) / row.Sum(y => Math.Exp(0.5 * (y - row.Max())))))],
            FloatNode.Run(new Softmax(0.5f), [Input()], shape, values),
            "softmax");
        FloatNode.Close(
            [.. rows.SelectMany(row => row.Select(x => x - row.Max() - Math.Log(row.Sum(y => Math.Exp(y - row.Max())))))],
            FloatNode.Run(new LogSoftmax(), [Input()], shape, values),
            "logarithm of softmax");
        FloatNode.Close(
            [.. rows.SelectMany(row => row.Select(x => x / Math.Sqrt(row.Sum(y => y * y))))],
            FloatNode.Run(new L2Normalization(), [Input()], shape, values),
            "L2 normalization");
    }

    [Fact]
    public void Running_sums_go_both_ways()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        Tensor[] inputs = [FloatNode.Input(3, 2), FloatNode.Constant(-2)];

        Assert.Equal([1, 2, 4, 6, 9, 12], FloatNode.Run(new CumulativeSum(Exclusive: false, Reverse: false), inputs, [3, 2], values));
        Assert.Equal([0, 0, 1, 2, 4, 6], FloatNode.Run(new CumulativeSum(Exclusive: true, Reverse: false), inputs, [3, 2], values));
        Assert.Equal([9, 12, 8, 10, 5, 6], FloatNode.Run(new CumulativeSum(Exclusive: false, Reverse: true), inputs, [3, 2], values));
    }

    private static double Of(ArithmeticFunction function, double left, double right)
    {
        return function switch
        {
            ArithmeticFunction.Add => left + right,
            ArithmeticFunction.Subtract => left - right,
            ArithmeticFunction.Multiply => left * right,
            ArithmeticFunction.Divide => left / right,
            ArithmeticFunction.Maximum => Math.Max(left, right),
            ArithmeticFunction.Minimum => Math.Min(left, right),
            ArithmeticFunction.SquaredDifference => (left - right) * (left - right),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    private static double Of(UnaryFunction function, double x)
    {
        return function switch
        {
            UnaryFunction.Relu => Math.Max(0, x),
            UnaryFunction.Relu6 => Math.Clamp(x, 0, 6),
            UnaryFunction.ReluN1To1 => Math.Clamp(x, -1, 1),
            UnaryFunction.Relu0To1 => Math.Clamp(x, 0, 1),
            UnaryFunction.HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
            UnaryFunction.Elu => x < 0 ? Math.Exp(x) - 1 : x,
            UnaryFunction.Logistic => 1 / (1 + Math.Exp(-x)),
            UnaryFunction.Tanh => Math.Tanh(x),
            UnaryFunction.Absolute => Math.Abs(x),
            UnaryFunction.Negate => -x,
            UnaryFunction.Square => x * x,
            UnaryFunction.SquareRoot => Math.Sqrt(x),
            UnaryFunction.ReciprocalSquareRoot => 1 / Math.Sqrt(x),
            UnaryFunction.Exponential => Math.Exp(x),
            UnaryFunction.Logarithm => Math.Log(x),
            UnaryFunction.Sine => Math.Sin(x),
            UnaryFunction.Cosine => Math.Cos(x),
            UnaryFunction.Sign => Math.Sign(x),
            UnaryFunction.Ceiling => Math.Ceiling(x),
            UnaryFunction.Floor => Math.Floor(x),
            UnaryFunction.Round => Math.Round(x),
            UnaryFunction.Reciprocal => 1 / x,
            UnaryFunction.Erf => Erf(x),
            UnaryFunction.Gelu => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
            UnaryFunction.GeluTanh => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2,
            UnaryFunction.Swish => x / (1 + Math.Exp(-x)),
            UnaryFunction.Softplus => Math.Log(1 + Math.Exp(x)),
            UnaryFunction.Softsign => x / (1 + Math.Abs(x)),
            UnaryFunction.Mish => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
            UnaryFunction.Tangent => Math.Tan(x),
            UnaryFunction.ArcSine => Math.Asin(x),
            UnaryFunction.ArcCosine => Math.Acos(x),
            UnaryFunction.ArcTangent => Math.Atan(x),
            UnaryFunction.HyperbolicSine => Math.Sinh(x),
            UnaryFunction.HyperbolicCosine => Math.Cosh(x),
            UnaryFunction.InverseHyperbolicSine => Math.Asinh(x),
            UnaryFunction.InverseHyperbolicCosine => Math.Acosh(x),
            UnaryFunction.InverseHyperbolicTangent => Math.Atanh(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    /// <summary>The error function, integrated in small steps.</summary>
    private static double Erf(double x)
    {
        const int Steps = 2000;
        double end = Math.Clamp(x, -6, 6);
        double step = end / Steps;
        double sum = Enumerable.Range(0, Steps).Sum(i => Math.Exp(-Math.Pow((i + 0.5) * step, 2)));
        return 2 / Math.Sqrt(Math.PI) * sum * step;
    }

    private static int[] Shape(Random random)
    {
        return [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 6))];
    }

    private static int[] Narrowed(Random random, int[] shape)
    {
        return [.. shape.Select(size => random.Next(3) == 0 ? 1 : size)];
    }

    private static int Size(int[] shape, int axis, int rank)
    {
        return axis < rank - shape.Length ? 1 : shape[axis - (rank - shape.Length)];
    }

    private static IEnumerable<int[]> Indices(int[] shape)
    {
        IEnumerable<int[]> indices = [[]];
        foreach (int size in shape)
        {
            indices = indices.SelectMany(index => Enumerable.Range(0, size).Select(i => (int[])[.. index, i]));
        }

        return indices;
    }

    /// <summary>The element of a tensor that broadcasts to an index.</summary>
    private static int At(int[] index, int[] shape)
    {
        int at = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            at = (at * shape[axis]) + (shape[axis] == 1 ? 0 : index[axis + index.Length - shape.Length]);
        }

        return at;
    }
}
