using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Comparisons, truth values and selections, where the reference models leave a case out.</summary>
public sealed class ComparisonTests
{
    private static readonly int[] s_numbers = [int.MinValue, -1, 0, 1, int.MaxValue];

    [Fact]
    public void Plain_integers_are_compared_as_they_are()
    {
        int[] a = [.. s_numbers.SelectMany(x => s_numbers.Select(_ => x))];
        int[] b = [.. s_numbers.SelectMany(_ => s_numbers)];
        foreach (ComparisonFunction function in Enum.GetValues<ComparisonFunction>())
        {
            Tensor Of() => SingleNode.Input(DataType.Int32, [a.Length]);

            bool[] found = SingleNode.Run<bool>(new Comparison(function), [Of(), Of()], SingleNode.Input(DataType.Bool, [a.Length]), a, b);

            Assert.Equal(a.Zip(b, (x, y) => Holds(function, x, y)), found);
        }
    }

    [Fact]
    public void Bytes_are_compared_by_the_rounded_numbers_that_they_stand_for()
    {
        Quantization left = Quantization.PerTensor(0.001f, -5);
        Quantization right = Quantization.PerTensor(0.0023f, 9);
        sbyte[] all = [.. Enumerable.Range(-128, 256).Select(i => (sbyte)i)];
        sbyte[] a = [.. all.SelectMany(x => all.Select(_ => x))];
        sbyte[] b = [.. all.SelectMany(_ => all)];
        foreach (ComparisonFunction function in Enum.GetValues<ComparisonFunction>())
        {
            bool[] found = SingleNode.Run<bool>(
                new Comparison(function),
                [SingleNode.Input(DataType.Int8, [a.Length], left), SingleNode.Input(DataType.Int8, [a.Length], right)],
                SingleNode.Input(DataType.Bool, [a.Length]),
                a,
                b);

            Assert.Equal(a.Zip(b, (x, y) => Holds(function, Scaled(x, left), Scaled(y, right))), found);
        }
    }

    [Fact]
    public void Truth_values_are_combined()
    {
        bool[] a = [false, false, true, true];
        bool[] b = [false, true, false, true];
        Tensor Of() => SingleNode.Input(DataType.Bool, [4]);

        Assert.Equal([false, false, false, true], SingleNode.Run<bool>(new Logical(LogicalFunction.And), [Of(), Of()], Of(), a, b));
        Assert.Equal([false, true, true, true], SingleNode.Run<bool>(new Logical(LogicalFunction.Or), [Of(), Of()], Of(), a, b));
        Assert.Equal([true, true, false, false], SingleNode.Run<bool>(new LogicalNot(), [Of()], Of(), a));
        Assert.Equal([true, false, false, true], SingleNode.Run<bool>(new Comparison(ComparisonFunction.Equal), [Of(), Of()], Of(), a, b));
        Assert.Equal([false, true, true, false], SingleNode.Run<bool>(new Comparison(ComparisonFunction.NotEqual), [Of(), Of()], Of(), a, b));
    }

    [Theory]
    [InlineData(true, new short[] { 1, 2, 30, 40 })]
    [InlineData(false, new short[] { 1, 20, 3, 40 })]
    public void A_condition_of_one_dimension_belongs_to_the_first_or_the_last_axis(bool alongFirstAxis, short[] expected)
    {
        bool[] condition = [true, false];
        Tensor Of() => SingleNode.Input(DataType.Int16, [2, 2]);

        short[] found = SingleNode.Run<short>(
            new Select(alongFirstAxis),
            [SingleNode.Constant(DataType.Bool, [2], condition), Of(), Of()],
            Of(),
            new short[] { 1, 2, 3, 4 },
            new short[] { 10, 20, 30, 40 });

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Selection_of_single_elements_takes_any_shapes_of_one_element()
    {
        bool[] condition = [true];

        sbyte[] found = SingleNode.Run<sbyte>(
            new Select(AlongFirstAxis: false),
            [SingleNode.Input(DataType.Bool, []), SingleNode.Input(DataType.Int8, [1, 1]), SingleNode.Input(DataType.Int8, [1])],
            SingleNode.Input(DataType.Int8, []),
            condition,
            new sbyte[] { 5 },
            new sbyte[] { 6 });

        Assert.Equal([5], found);
    }

    [Fact]
    public void What_has_no_order_or_no_common_type_is_refused()
    {
        Tensor Of(DataType type, float scale = 0.5f) => SingleNode.Input(type, [2], Quantization.PerTensor(scale, 0));

        Refused(new Comparison(ComparisonFunction.Less), Of(DataType.Bool), Of(DataType.Bool), Of(DataType.Bool));
        Refused(new Comparison(ComparisonFunction.Equal), Of(DataType.Int8), Of(DataType.Int16), Of(DataType.Bool));
        Refused(new Comparison(ComparisonFunction.Equal), Of(DataType.Int8), Of(DataType.Int8), Of(DataType.Int8));
        Refused(new Comparison(ComparisonFunction.Equal), Of(DataType.Int8, 1), Of(DataType.Int8), Of(DataType.Bool));
        Refused(new Logical(LogicalFunction.Or), Of(DataType.Int8), Of(DataType.Bool), Of(DataType.Bool));
    }

    private static void Refused(Operation operation, Tensor left, Tensor right, Tensor output)
    {
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(operation, [left, right], output));
    }

    private static int Scaled(int element, Quantization quantization)
    {
        QuantizedMultiplier scale = QuantizedMultiplier.From(quantization.Scale);
        return Requantization.MultiplyByQuantizedMultiplier((element - quantization.ZeroPoint) * 256, scale.Multiplier, scale.Shift);
    }

    private static bool Holds(ComparisonFunction function, int left, int right)
    {
        return function switch
        {
            ComparisonFunction.Equal => left == right,
            ComparisonFunction.NotEqual => left != right,
            ComparisonFunction.Less => left < right,
            ComparisonFunction.LessOrEqual => left <= right,
            ComparisonFunction.Greater => left > right,
            _ => left >= right,
        };
    }
}
