using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Tests.Movement;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Gathers and slices whose places are computed while the network runs.</summary>
public sealed class GatherTests
{
    private static readonly sbyte[] s_data = [10, 11, 12, 20, 21, 22, 30, 31, 32];

    [Fact]
    public void Indices_outside_the_axis_are_taken_as_the_nearest_inside()
    {
        Tensor indices = SingleNode.Input(DataType.Int32, [4]);
        sbyte[] rows = SingleNode.Run<sbyte>(new Gather(0, 0), [Data(), indices], Output(4, 3), s_data, new[] { 1, -1, int.MaxValue, int.MinValue });
        Assert.Equal([20, 21, 22, 10, 11, 12, 30, 31, 32, 10, 11, 12], rows);

        sbyte[] columns = SingleNode.Run<sbyte>(new Gather(-1, 0), [Data(), indices], Output(3, 4), s_data, new[] { 2, 0, 7, -7 });
        Assert.Equal([12, 10, 12, 10, 22, 20, 22, 20, 32, 30, 32, 30], columns);
    }

    [Fact]
    public void Each_batch_has_its_own_indices()
    {
        Tensor indices = SingleNode.Input(DataType.Int32, [3, 2]);
        int[] places = [0, 1, 2, 2, 1, 0];
        sbyte[] made = SingleNode.Run<sbyte>(new Gather(1, 1), [Data(), indices], Output(3, 2), s_data, places);
        Assert.Equal([10, 11, 22, 22, 31, 30], made);
    }

    [Fact]
    public void Tuples_are_kept_inside_their_axes()
    {
        Tensor indices = SingleNode.Input(DataType.Int32, [3, 2]);
        sbyte[] made = SingleNode.Run<sbyte>(new GatherNd(), [Data(), indices], Output(3), s_data, new[] { 1, 2, -5, 1, 9, 9 });
        Assert.Equal([22, 11, 32], made);
    }

    [Fact]
    public void Rows_are_looked_up()
    {
        Tensor indices = SingleNode.Input(DataType.Int32, [2]);
        int[] rows = [2, 0];
        sbyte[] made = SingleNode.Run<sbyte>(new EmbeddingLookup(), [indices, Data()], Output(2, 3), rows, s_data);
        Assert.Equal([30, 31, 32, 10, 11, 12], made);
    }

    [Fact]
    public void A_constant_index_outside_the_axis_is_refused()
    {
        Tensor indices = SingleNode.Constant(DataType.Int32, [2], [0, 3]);
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new Gather(0, 0), [Data(), indices], Output(2, 3)));
        Assert.Contains("outside", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, new sbyte[] { 10, 11, 20, 21 })]
    [InlineData(1, 1, new sbyte[] { 21, 22, 31, 32 })]
    [InlineData(-3, 9, new sbyte[] { 11, 12, 21, 22 })]
    public void A_slice_starts_where_its_input_says_but_stays_inside(int row, int column, sbyte[] expected)
    {
        Tensor start = SingleNode.Input(DataType.Int32, [2]);
        Tensor size = SingleNode.Constant(DataType.Int32, [2], [2, 2]);
        Assert.Equal(expected, SingleNode.Run<sbyte>(new Slice(), [Data(), start, size], Output(2, 2), s_data, new[] { row, column }));
    }

    [Theory]
    [InlineData(0, 0, new sbyte[] { 1, 2, 12, 20, 21, 22, 30, 31, 32 })]
    [InlineData(2, 1, new sbyte[] { 10, 11, 12, 20, 21, 22, 30, 1, 2 })]
    [InlineData(-3, 9, new sbyte[] { 10, 1, 2, 20, 21, 22, 30, 31, 32 })]
    public void An_update_starts_where_its_input_says_but_stays_inside(int row, int column, sbyte[] expected)
    {
        Tensor update = SingleNode.Input(DataType.Int8, [1, 2]);
        Tensor start = SingleNode.Input(DataType.Int32, [2]);
        Assert.Equal(expected, SingleNode.Run<sbyte>(new DynamicUpdateSlice(), [Data(), update, start], Output(3, 3), s_data, new sbyte[] { 1, 2 }, new[] { row, column }));
        Tensor constant = SingleNode.Constant(DataType.Int64, [2], [(long)row, column]);
        Assert.Equal(expected, SingleNode.Run<sbyte>(new DynamicUpdateSlice(), [Data(), update, constant], Output(3, 3), s_data, new sbyte[] { 1, 2 }));
    }

    [Fact]
    public void Padding_may_have_a_value_that_is_computed()
    {
        Tensor paddings = Elements.Constant(DataType.Int32, [2, 2], 1, 0, 0, 2);
        Tensor value = SingleNode.Input(DataType.Int16, []);
        short[] made = SingleNode.Run<short>(
            new Pad(), [SingleNode.Input(DataType.Int16, [1, 2]), paddings, value], SingleNode.Input(DataType.Int16, [2, 4]), new short[] { 300, -300 }, new short[] { 7 });
        Assert.Equal([7, 7, 7, 7, 300, -300, 7, 7], made);
    }

    [Fact]
    public void A_fill_may_have_a_value_that_is_computed()
    {
        Tensor value = SingleNode.Input(DataType.Int32, []);
        int[] filling = [123456789];
        int[] made = SingleNode.Run<int>(new Fill(), [MovementCases.Ints(2, 3), value], SingleNode.Input(DataType.Int32, [2, 3]), filling);
        Assert.Equal([.. Enumerable.Repeat(123456789, 6)], made);
    }

    private static Tensor Data()
    {
        return SingleNode.Input(DataType.Int8, [3, 3]);
    }

    private static Tensor Output(params int[] shape)
    {
        return SingleNode.Input(DataType.Int8, shape);
    }
}
