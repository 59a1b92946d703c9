using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Host.Kernels;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class QuantizeKernelTests
{
    [Theory]
    [InlineData(0.5f, 1)]
    [InlineData(-0.5f, -1)]
    [InlineData(0.49999997f, 0)]
    [InlineData(1.5f, 2)]
    [InlineData(2.5f, 3)]
    [InlineData(-2.5f, -3)]
    [InlineData(126.5f, 127)]
    [InlineData(1000f, 127)]
    [InlineData(-1000f, -128)]
    public void Ties_round_away_from_zero_and_the_rest_is_clamped(float value, int expected)
    {
        Assert.Equal(expected, (sbyte)Quantize(DataType.Int8, 1, 0, value)[0]);
    }

    [Theory]
    [InlineData(float.NaN, 0, -128)]
    [InlineData(float.PositiveInfinity, 0, -128)]
    [InlineData(float.NegativeInfinity, 0, -128)]
    [InlineData(3e9f, 0, -128)]
    [InlineData(2147483520f, 0, 127)]
    [InlineData(3e9f, -1, 127)]
    public void What_fits_no_32_bit_integer_becomes_the_smallest_and_wraps_with_the_zero_point(float value, int zeroPoint, int expected)
    {
        Assert.Equal(expected, (sbyte)Quantize(DataType.Int8, 1, zeroPoint, value)[0]);
    }

    [Fact]
    public void Division_is_in_single_precision()
    {
        // The exact quotient is 2.49999996; the nearest single-precision number is 2.5.
        Assert.Equal(2, Math.Round((double)0.25f / 0.1f));
        Assert.Equal(3, (sbyte)Quantize(DataType.Int8, 0.1f, 0, 0.25f)[0]);
    }

    [Fact]
    public void Every_integer_type_has_its_own_range()
    {
        Assert.Equal([0, 255, 138], Quantize(DataType.UInt8, 1, 128, -200, 200, 10));
        Assert.Equal([-32768, 32767, 10], MemoryMarshal.Cast<byte, short>(Quantize(DataType.Int16, 1, 0, -40000, 40000, 10)).ToArray().Select(value => (int)value));
        Assert.Equal([-40000, 40000, 11], MemoryMarshal.Cast<byte, int>(Quantize(DataType.Int32, 1, 0, -40000, 40000, 10.5f)).ToArray());
    }

    [Fact]
    public void Dequantize_gives_back_what_quantize_made()
    {
        HostTensor tensor = new() { Type = DataType.Int8, Shape = [256], Scale = 0.0123f, ZeroPoint = -7 };
        byte[] integers = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] reals = new byte[256 * sizeof(float)];
        byte[] again = new byte[256];

        DequantizeKernel.Run(integers, tensor, reals);
        QuantizeKernel.Run(reals, tensor, again);

        Assert.Equal(integers, again);
        Assert.Equal(0.0123f * (5 + 7), Floats.Of(reals)[5]);
        Assert.Equal(0.0123f * (-1 + 7), Floats.Of(reals)[255]);
    }

    private static byte[] Quantize(DataType type, float scale, int zeroPoint, params float[] values)
    {
        byte[] output = new byte[values.Length * type.Bytes()];
        QuantizeKernel.Run(Floats.Bytes(values), new HostTensor { Type = type, Shape = [values.Length], Scale = scale, ZeroPoint = zeroPoint }, output);
        return output;
    }
}
