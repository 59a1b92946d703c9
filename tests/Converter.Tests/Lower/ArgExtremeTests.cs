using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Indices of extremes, where the reference models leave a case out.</summary>
public sealed class ArgExtremeTests
{
    [Theory]
    [InlineData(0, new[] { 1, 0, 1 }, new[] { 0, 1, 0 })]
    [InlineData(-1, new[] { 1, 0 }, new[] { 0, 1 })]
    public void The_first_of_equal_ones_counts(int axis, int[] largest, int[] smallest)
    {
        sbyte[] values = [-5, 7, -5, 7, -128, 7];

        Assert.Equal(largest, Run(new ArgMaximum(), DataType.Int8, [2, 3], axis, values));
        Assert.Equal(smallest, Run(new ArgMinimum(), DataType.Int8, [2, 3], axis, values));
    }

    [Fact]
    public void Lines_may_be_long_and_apart()
    {
        Random random = new(1);
        short[] values = [.. Enumerable.Range(0, 2 * 300 * 3).Select(_ => (short)random.Next(short.MinValue, short.MaxValue))];

        IEnumerable<int> expected =
            from outer in Enumerable.Range(0, 2)
            from inner in Enumerable.Range(0, 3)
            select Enumerable.Range(0, 300).MinBy(i => values[(((outer * 300) + i) * 3) + inner]);

        Assert.Equal(expected, Run(new ArgMinimum(), DataType.Int16, [2, 300, 3], 1, values));
    }

    [Fact]
    public void The_ends_of_the_range_are_values_like_others()
    {
        Assert.Equal([0], Run(new ArgMaximum(), DataType.Int32, [2], 0, new[] { int.MinValue, int.MinValue }));
        Assert.Equal([1], Run(new ArgMinimum(), DataType.Int32, [2], 0, new[] { int.MaxValue, int.MinValue }));
    }

    [Fact]
    public void Other_index_types_and_axes_are_refused()
    {
        Tensor input = SingleNode.Input(DataType.Int8, [2, 3], Quantization.PerTensor(1, 0));
        Tensor Axis(params int[] values) => SingleNode.Constant(DataType.Int32, [values.Length], values);

        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ArgMaximum(), [input, Axis(0)], SingleNode.Input(DataType.Int64, [3])));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ArgMaximum(), [input, Axis(2)], SingleNode.Input(DataType.Int32, [3])));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ArgMaximum(), [input, Axis(0, 1)], SingleNode.Input(DataType.Int32, [3])));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ArgMaximum(), [input, Axis(0)], SingleNode.Input(DataType.Int32, [2])));
    }

    private static int[] Run(Operation operation, object type, int[] shape, int axis, Array values)
    {
        int[] output = [.. shape.Where((_, i) => i != axis && i != axis + shape.Length)];
        Tensor axes = SingleNode.Constant(DataType.Int32, [], new[] { axis });
        return SingleNode.Run<int>(operation, [SingleNode.Input((DataType)type, shape), axes], SingleNode.Input(DataType.Int32, output), values);
    }
}
