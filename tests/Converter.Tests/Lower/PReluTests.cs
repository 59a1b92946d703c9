using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Parametric rectifiers, where the reference models leave a case out.</summary>
public sealed class PReluTests
{
    [Fact]
    public void Data_of_16_bits_have_slopes_of_8_bits()
    {
        Quantization data = Quantization.PerTensor(0.001f, 0);
        Quantization slopes = Quantization.PerTensor(0.01f, 4);
        Quantization output = Quantization.PerTensor(0.002f, 0);
        short[] x = [-30000, -30000, -1000, 1000, 0, 30001];
        sbyte[] slope = [4, 54, 104];

        short[] found = SingleNode.Run<short>(
            new PRelu(),
            [SingleNode.Input(DataType.Int16, [2, 3], data), SingleNode.Constant(DataType.Int8, [3], slope, slopes)],
            SingleNode.Input(DataType.Int16, [2, 3], output),
            x);

        Assert.Equal([0, -7500, -500, 500, 0, 15001], found);
    }

    [Fact]
    public void Slopes_are_for_each_channel_or_for_each_element()
    {
        Quantization quantization = Quantization.PerTensor(0.5f, 0);
        Quantization unit = Quantization.PerTensor(1, 0);
        sbyte[] x = [-4, -4, -4, 4];
        Tensor Of() => SingleNode.Input(DataType.Int8, [1, 2, 1, 2], quantization);
        Tensor Slopes(int[] shape, params sbyte[] elements) => SingleNode.Constant(DataType.Int8, shape, elements, unit);

        Assert.Equal([-8, -12, -8, 4], SingleNode.Run<sbyte>(new PRelu(), [Of(), Slopes([1, 1, 2], 2, 3)], Of(), x));
        Assert.Equal([-8, -12, -16, 4], SingleNode.Run<sbyte>(new PRelu(), [Of(), Slopes([1, 2, 1, 2], 2, 3, 4, 5)], Of(), x));
        Assert.Equal([8, 8, 8, 4], SingleNode.Run<sbyte>(new PRelu(), [Of(), Slopes([], -2)], Of(), x));
    }
}
