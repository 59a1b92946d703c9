using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Running sums, where the reference models leave a case out.</summary>
public sealed class CumulativeSumTests
{
    [Theory]
    [InlineData(false, false, 0, new sbyte[] { 1, 2, 3, 5, 7, 9 })]
    [InlineData(false, false, -1, new sbyte[] { 1, 3, 6, 4, 9, 15 })]
    [InlineData(true, false, 1, new sbyte[] { 0, 1, 3, 0, 4, 9 })]
    [InlineData(false, true, 1, new sbyte[] { 6, 5, 3, 15, 11, 6 })]
    [InlineData(true, true, 1, new sbyte[] { 5, 3, 0, 11, 6, 0 })]
    public void A_symmetric_sum_is_the_real_one(bool exclusive, bool reverse, int axis, sbyte[] expected)
    {
        Quantization one = Quantization.PerTensor(1, 0);

        Assert.Equal(expected, Run(new CumulativeSum(exclusive, reverse), [2, 3], axis, one, one, [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void A_sum_starts_from_the_integer_0_as_the_reference_does()
    {
        // The numbers are 7 and 17, and the integer 0 stands for -3.
        Quantization quantization = Quantization.PerTensor(1, 3);

        Assert.Equal([3 - 3 + 7, 3 - 3 + 7 + 17], Run(new CumulativeSum(false, false), [2], 0, quantization, quantization, [10, 20]));
    }

    [Fact]
    public void A_long_sum_wraps_around_as_the_reference_s_does()
    {
        // With 19 bits for the fraction, 12 and the sign are left: 32 x 127 = 4064 fits, 33 x 127 = 4191 becomes -4001.
        sbyte[] values = [.. Enumerable.Repeat((sbyte)127, 33)];
        Quantization wide = Quantization.PerTensor(64, 0);

        sbyte[] found = Run(new CumulativeSum(false, false), [33], 0, Quantization.PerTensor(1, 0), wide, values);

        Assert.Equal(64, found[31]);
        Assert.Equal(-63, found[32]);
    }

    [Fact]
    public void Other_types_shapes_and_scales_are_refused()
    {
        Quantization one = Quantization.PerTensor(1, 0);
        Tensor axis = SingleNode.Constant<int>(DataType.Int32, [], [0]);
        Tensor Of(int elements, Quantization? quantization) => SingleNode.Input(DataType.Int8, [elements], quantization);
        CumulativeSum operation = new(false, false);

        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(operation, [Of(2, one), axis], Of(3, one)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(operation, [Of(2, one), axis], Of(2, null)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(operation, [Of(2, one), axis], Of(2, Quantization.PerTensor(1e-9f, 0))));
        Assert.Throws<UnsupportedNetworkException>(() =>
            SingleNode.Lower(operation, [SingleNode.Input(DataType.Int16, [2], one), axis], SingleNode.Input(DataType.Int16, [2], one)));
    }

    private static sbyte[] Run(CumulativeSum operation, int[] shape, int axis, Quantization from, Quantization to, sbyte[] values)
    {
        Tensor axes = SingleNode.Constant(DataType.Int32, [1], new[] { axis });
        return SingleNode.Run<sbyte>(operation, [SingleNode.Input(DataType.Int8, shape, from), axes], SingleNode.Input(DataType.Int8, shape, to), values);
    }
}
