using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Sums of many tensors, where the reference models leave a case out.</summary>
public sealed class AddManyTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(7, 300)]
    public void A_symmetric_sum_is_the_real_one(int inputs, int elements)
    {
        Quantization quantization = Quantization.PerTensor(0.25f, 0);
        Random random = new(inputs);
        sbyte[][] values = [.. Enumerable.Range(0, inputs).Select(_ => Enumerable.Range(0, elements).Select(_ => (sbyte)random.Next(-128, 128)).ToArray())];
        Tensor Of(float scale) => SingleNode.Input(DataType.Int8, [elements], Quantization.PerTensor(scale, 0));

        sbyte[] found = SingleNode.Run<sbyte>(new AddMany(), [.. values.Select(_ => Of(0.25f))], Of(0.5f), [.. values]);

        IEnumerable<int> sums = Enumerable.Range(0, elements).Select(i => values.Sum(input => input[i]));
        Assert.Equal(sums.Select(sum => (sbyte)Math.Clamp((int)Math.Round(sum / 2.0, MidpointRounding.AwayFromZero), -128, 127)), found);
    }

    [Fact]
    public void The_integer_0_is_added_once_more_as_the_reference_does()
    {
        // Zero point 3: the numbers are 7 and 17, and the integer 0 stands for -3.
        Quantization quantization = Quantization.PerTensor(1, 3);
        Tensor Of() => SingleNode.Input(DataType.Int8, [1], quantization);

        sbyte[] found = SingleNode.Run<sbyte>(new AddMany(), [Of(), Of()], Of(), new sbyte[] { 10 }, new sbyte[] { 20 });

        Assert.Equal([7 + 17 - 3 + 3], found);
    }

    [Fact]
    public void Different_scales_or_shapes_are_refused()
    {
        Tensor Of(float scale, int elements) => SingleNode.Input(DataType.Int8, [elements], Quantization.PerTensor(scale, 0));

        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new AddMany(), [Of(1, 2), Of(2, 2)], Of(1, 2)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new AddMany(), [Of(1, 2), Of(1, 1)], Of(1, 2)));
    }
}
