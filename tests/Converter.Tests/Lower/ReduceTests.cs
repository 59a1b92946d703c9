using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Reductions against their definition.</summary>
public sealed class ReduceTests
{
    private static readonly Quantization One = Quantization.PerTensor(1, 0);

    public static TheoryData<int[], int[]> Cases => new()
    {
        { [], [] },
        { [7], [0] },
        { [7], [] },
        { [3, 4], [-1] },
        { [3, 4], [0, -2, 0] },
        { [2, 3, 4, 5], [1, 2] },
        { [2, 3, 4, 5], [2, 1, 0, 3] },
        { [2, 3, 4, 5], [0, 2] },
        { [2, 3, 4, 5], [1, 3] },
        { [2, 1, 4, 1], [1, -1] },
        { [2, 300], [0] },
        { [300, 2], [0] },
        { [2, 300, 1], [1] },
        { [2, 2, 3, 2, 2, 3, 2, 2], [0, 2, 4, 6] },
        { [2, 2, 3, 2, 2, 3, 2, 2], [1, 3, 5, 7] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sum_is_the_sum(int[] shape, int[] axes)
    {
        short[] values = Values(shape);
        sbyte[] bytes = Array.ConvertAll(values, value => (sbyte)value);

        Check(shape, axes, group => group.Sum(), values, output => Run<short>(ReduceFunction.Sum, DataType.Int16, shape, axes, output, One, values));
        Check(shape, axes, group => Math.Clamp(group.Sum(), -128, 127), bytes, output => Run<sbyte>(ReduceFunction.Sum, DataType.Int8, shape, axes, output, One, bytes));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Extremes_are_the_largest_and_the_smallest(int[] shape, int[] axes)
    {
        short[] values = Values(shape);
        sbyte[] bytes = Array.ConvertAll(values, value => (sbyte)value);
        int[] integers = Array.ConvertAll(values, value => value << 20);

        Check(shape, axes, Enumerable.Max, values, output => Run<short>(ReduceFunction.Maximum, DataType.Int16, shape, axes, output, One, values));
        Check(shape, axes, Enumerable.Min, values, output => Run<short>(ReduceFunction.Minimum, DataType.Int16, shape, axes, output, One, values));
        Check(shape, axes, Enumerable.Max, bytes, output => Run<sbyte>(ReduceFunction.Maximum, DataType.Int8, shape, axes, output, One, bytes));
        Check(shape, axes, Enumerable.Min, integers, output => Run<int>(ReduceFunction.Minimum, DataType.Int32, shape, axes, output, null, integers));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_and_all_are_of_truths(int[] shape, int[] axes)
    {
        sbyte[] values = Array.ConvertAll(Values(shape), value => value % 3 == 0 ? (sbyte)1 : (sbyte)0);

        Check(shape, axes, Enumerable.Max, values, output => Run<sbyte>(ReduceFunction.Any, DataType.Bool, shape, axes, output, null, values));
        Check(shape, axes, Enumerable.Min, values, output => Run<sbyte>(ReduceFunction.All, DataType.Bool, shape, axes, output, null, values));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mean_differs_from_the_real_one_by_less_than_one(int[] shape, int[] axes)
    {
        sbyte[] values = Array.ConvertAll(Values(shape), value => (sbyte)value);
        int[][] groups = Groups(shape, axes, values);
        Quantization input = Quantization.PerTensor(0.3f, -7);
        Quantization output = Quantization.PerTensor(0.4f, 11);

        sbyte[] found = Run<sbyte>(ReduceFunction.Mean, DataType.Int8, shape, axes, Kept(shape, axes), input, values, output);

        Assert.All(groups.Zip(found), pair =>
            Assert.InRange(pair.Second, Math.Clamp(Real(pair.First) - 1, -128, 127), Math.Clamp(Real(pair.First) + 1, -128, 127)));

        double Real(int[] group) => ((group.Average() + 7) * 0.3 / 0.4) + 11;
    }

    [Theory]
    [InlineData(new sbyte[] { 1, 2 }, 2)]
    [InlineData(new sbyte[] { -1, -2 }, -1)]
    [InlineData(new sbyte[] { 1, 2, 2 }, 2)]
    [InlineData(new sbyte[] { -1, -2, -2 }, -2)]
    public void A_mean_of_one_quantization_is_rounded_too(sbyte[] values, int mean)
    {
        Assert.Equal([(sbyte)mean], Run<sbyte>(ReduceFunction.Mean, DataType.Int8, [values.Length], [0], [1], One, values));
    }

    [Fact]
    public void An_axis_may_be_a_scalar()
    {
        Tensor axis = SingleNode.Constant<int>(DataType.Int32, [], [1]);
        Tensor input = SingleNode.Input(DataType.Int8, [2, 2], One);

        Assert.Equal([3, 7], SingleNode.Run<sbyte>(new Reduce(ReduceFunction.Sum, true), [input, axis], SingleNode.Input(DataType.Int8, [2, 1], One), new sbyte[] { 1, 2, 3, 4 }));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Quantization two = Quantization.PerTensor(2, 0);

        Refuses(ReduceFunction.Maximum, DataType.Int8, [0], [3], One, two);
        Refuses(ReduceFunction.Sum, DataType.Int8, [2], [3], One, One);
        Refuses(ReduceFunction.Sum, DataType.Int8, [-3], [3], One, One);
        Refuses(ReduceFunction.Sum, DataType.Int8, [0], [2], One, One);
        Refuses(ReduceFunction.Sum, DataType.Int32, [0], [3], One, One);
        Refuses(ReduceFunction.Mean, DataType.Int8, [0], [3], One, null);
        Refuses(ReduceFunction.Any, DataType.Int8, [0], [3], One, One);
        Tensor axes = SingleNode.Input(DataType.Int32, [1]);
        Assert.Throws<UnsupportedNetworkException>(() =>
            SingleNode.Lower(new Reduce(ReduceFunction.Sum, false), [SingleNode.Input(DataType.Int8, [2, 3], One), axes], SingleNode.Input(DataType.Int8, [3], One)));
    }

    private static void Refuses(object function, object type, int[] axes, int[] output, Quantization? from, Quantization? to)
    {
        Tensor axis = SingleNode.Constant(DataType.Int32, [axes.Length], axes);
        Tensor input = SingleNode.Input((DataType)type, [2, 3], from);
        Assert.Throws<UnsupportedNetworkException>(() =>
            SingleNode.Lower(new Reduce((ReduceFunction)function, false), [input, axis], SingleNode.Input((DataType)type, output, to)));
    }

    private static T[] Run<T>(
        ReduceFunction function, DataType type, int[] shape, int[] axes, int[] output, Quantization? from, T[] values, Quantization? to = null)
        where T : unmanaged
    {
        Tensor axis = SingleNode.Constant(DataType.Int32, [axes.Length], axes);
        Tensor input = SingleNode.Input(type, shape, from);
        return SingleNode.Run<T>(new Reduce(function, KeepDimensions: false), [input, axis], SingleNode.Input(type, output, to ?? from), values);
    }

    private static void Check<T>(int[] shape, int[] axes, Func<IEnumerable<int>, int> combine, T[] values, Func<int[], T[]> run)
        where T : struct
    {
        int[][] groups = Groups(shape, axes, values);

        Assert.Equal(groups.Select(combine), run(Kept(shape, axes)).Select(value => Convert.ToInt32(value)));
    }

    private static int[] Kept(int[] shape, int[] axes)
    {
        return [.. shape.Where((_, axis) => !axes.Contains(axis) && !axes.Contains(axis - shape.Length))];
    }

    /// <summary>The values that are reduced to one, for each output.</summary>
    private static int[][] Groups<T>(int[] shape, int[] axes, T[] values)
        where T : struct
    {
        HashSet<int> reduced = [.. axes.Select(axis => axis < 0 ? axis + shape.Length : axis)];
        return [.. Enumerable.Range(0, values.Length).GroupBy(Key).OrderBy(group => group.Key).Select(group => group.Select(i => Convert.ToInt32(values[i])).ToArray())];

        int Key(int index)
        {
            int key = 0;
            int stride = 1;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                int at = index % shape[axis];
                index /= shape[axis];
                if (!reduced.Contains(axis))
                {
                    key += at * stride;
                    stride *= shape[axis];
                }
            }

            return key;
        }
    }

    /// <summary>From -100 to 100, so that sums of a few hundred fit 16 bits.</summary>
    private static short[] Values(int[] shape)
    {
        Random random = new(shape.Length);
        return [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (short)random.Next(-100, 101))];
    }
}
