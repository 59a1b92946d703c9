using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Resizes, where the reference models leave a case out.</summary>
public sealed class ResizeTests
{
    [Theory]
    [InlineData(false, false, new[] { 0, 0, 1, 1, 2 })]
    [InlineData(true, false, new[] { 0, 1, 1, 2, 2 })]
    [InlineData(false, true, new[] { 0, 0, 1, 2, 2 })]
    [InlineData(true, true, new[] { 0, 1, 1, 2, 2 })]
    public void The_nearest_pixel_is_the_reference_s(bool align, bool half, int[] indices)
    {
        ResizeNearestNeighbor operation = new(align, half);
        int[] values = [10, 20, 30, 40, 50, 60];

        int[] wide = Resize<int>(operation, DataType.Int32, [1, 1, 3, 2], [1, 1, 5, 2], values);
        short[] tall = Resize<short>(operation, DataType.Int16, [2, 3, 1, 1], [2, 5, 1, 1], Array.ConvertAll(values, value => (short)value));

        Assert.Equal(indices.SelectMany(i => new[] { values[2 * i], values[(2 * i) + 1] }), wide);
        Assert.Equal(indices.Concat(indices.Select(i => i + 3)).Select(i => (short)values[i]), tall);
    }

    [Theory]
    [InlineData(DataType.Int8)]
    [InlineData(DataType.UInt8)]
    [InlineData(DataType.Bool)]
    public void Pixels_of_any_type_are_copied(object type)
    {
        Assert.Equal(
            [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1],
            Resize<sbyte>(new ResizeNearestNeighbor(false, false), (DataType)type, [1, 2, 2, 1], [1, 4, 4, 1], new sbyte[] { 1, 0, 0, 1 }));
    }

    [Theory]
    [InlineData(false, false, new sbyte[] { 0, 50, 100, 100 })]
    [InlineData(true, false, new sbyte[] { 0, 33, 67, 100 })]
    [InlineData(false, true, new sbyte[] { 0, 25, 75, 100 })]
    public void Interpolation_is_between_neighbours(bool align, bool half, sbyte[] expected)
    {
        ResizeBilinear operation = new(align, half);

        Assert.Equal(expected, Resize<sbyte>(operation, DataType.Int8, [1, 1, 2, 1], [1, 1, 4, 1], new sbyte[] { 0, 100 }));
        Assert.Equal(expected, Resize<sbyte>(operation, DataType.Int8, [1, 2, 1, 1], [1, 4, 1, 1], new sbyte[] { 0, 100 }));
        Assert.Equal(
            expected.Select(value => (short)(value * 300)),
            Resize<short>(operation, DataType.Int16, [1, 1, 2, 1], [1, 1, 4, 1], new short[] { 0, 30000 }).Select(Whole));

        // Thirds have no exact fraction of 10 bits: compared is what the 8-bit results have too.
        static short Whole(short value) => (short)(Math.Round(value / 300.0) * 300);
    }

    [Fact]
    public void Halves_are_rounded_away_from_zero()
    {
        ResizeBilinear operation = new(true, false);

        Assert.Equal([0, 1, 1], Resize<sbyte>(operation, DataType.Int8, [1, 1, 2, 1], [1, 1, 3, 1], new sbyte[] { 0, 1 }));
        Assert.Equal([0, -1, -1], Resize<sbyte>(operation, DataType.Int8, [1, 1, 2, 1], [1, 1, 3, 1], new sbyte[] { 0, -1 }));
        Assert.Equal([0, -1, -1], Resize<short>(operation, DataType.Int16, [1, 1, 2, 1], [1, 1, 3, 1], new short[] { 0, -1 }));
    }

    [Fact]
    public void Four_pixels_and_all_channels_take_part()
    {
        sbyte[] values = [.. Enumerable.Range(0, 8).Select(i => (sbyte)(i * 10))];

        sbyte[] found = Resize<sbyte>(new ResizeBilinear(true, false), DataType.Int8, [1, 2, 2, 2], [1, 3, 3, 2], values);

        Assert.Equal([0, 10, 10, 20, 20, 30, 20, 30, 30, 40, 40, 50, 40, 50, 50, 60, 60, 70], found);
    }

    [Fact]
    public void Rounded_steps_do_not_lead_out_of_the_image()
    {
        // The step of 1024 / 2000 is rounded up to 1: the last positions lie beyond the only pixel.
        Assert.All(Resize<sbyte>(new ResizeBilinear(false, false), DataType.Int8, [1, 1, 1, 1], [1, 1, 2000, 1], new sbyte[] { 77 }), value => Assert.Equal(77, value));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Tensor input = SingleNode.Input(DataType.Int8, [1, 2, 2, 1]);
        Tensor Size(params int[] size) => SingleNode.Constant(DataType.Int32, [size.Length], size);
        Tensor Output(params int[] shape) => SingleNode.Input(DataType.Int8, shape);

        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ResizeBilinear(true, true), [input, Size(4, 4)], Output(1, 4, 4, 1)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ResizeBilinear(false, false), [input, Size(4, 5)], Output(1, 4, 4, 1)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ResizeNearestNeighbor(false, false), [input, Size(4)], Output(1, 4, 4, 1)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new ResizeNearestNeighbor(false, false), [input, Size(4, 4)], Output(1, 4, 4, 2)));
        Assert.Throws<UnsupportedNetworkException>(() =>
            SingleNode.Lower(new ResizeNearestNeighbor(false, false), [input, SingleNode.Input(DataType.Int32, [2])], Output(1, 4, 4, 1)));
    }

    private static T[] Resize<T>(Operation operation, DataType type, int[] from, int[] to, Array values)
        where T : unmanaged
    {
        Tensor size = SingleNode.Constant(DataType.Int32, [2], new[] { to[1], to[2] });
        return SingleNode.Run<T>(operation, [SingleNode.Input(type, from), size], SingleNode.Input(type, to), values);
    }
}
