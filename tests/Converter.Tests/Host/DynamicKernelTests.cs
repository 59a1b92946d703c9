using System.Runtime.InteropServices;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Host.Kernels;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class DynamicKernelTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(1e-20f)]
    [InlineData(1e30f)]
    public void Numbers_come_back_within_half_a_step(float size)
    {
        float[] values = [-0.3f * size, 0, 0.001f * size, 0.5f * size, 0.7f * size];

        (sbyte[] data, DynamicScale scale) = Quantize(values);
        float[] back = Dequantize(data, scale);

        Assert.InRange(scale.Step, size / 255 * 0.99999, size / 255 * 1.00001);
        Assert.Equal(0, back[1]);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.InRange(back[i] - values[i], -0.501 * scale.Step, 0.501 * scale.Step);
        }
    }

    [Fact]
    public void A_range_is_widened_to_hold_0()
    {
        (sbyte[] data, DynamicScale scale) = Quantize(5, 10);

        Assert.Equal([0, 127], data);
        Assert.Equal(-128, scale.ZeroPoint);
    }

    [Fact]
    public void Numbers_that_are_all_0_have_a_step_of_1()
    {
        (sbyte[] data, DynamicScale scale) = Quantize(0, 0);

        Assert.Equal(1, scale.Step);
        Assert.Equal([(sbyte)scale.ZeroPoint, (sbyte)scale.ZeroPoint], data);
    }

    [Fact]
    public void What_is_not_finite_takes_no_other_number_with_it()
    {
        (sbyte[] data, DynamicScale scale) = Quantize(1, float.NaN);
        Assert.Equal([127, (sbyte)scale.ZeroPoint], data);

        (sbyte[] ends, _) = Quantize(float.NegativeInfinity, float.PositiveInfinity);
        Assert.Equal([-128, 127], ends);
    }

    [Fact]
    public void Scales_are_normalized()
    {
        Assert.Equal(new DynamicScale(1 << 30, 1, 7), DynamicScale.Of(1, 7));
        Assert.Equal(new DynamicScale(1 << 30, 0, 0), DynamicScale.Of(0.5, 0));
        Assert.Equal(new DynamicScale(1 << 30, 2, 0), DynamicScale.Of(Math.BitDecrement(2.0), 0));
    }

    private static (sbyte[] Data, DynamicScale Scale) Quantize(params float[] values)
    {
        byte[] output = new byte[values.Length];
        byte[] scale = new byte[DynamicScale.Elements * sizeof(int)];
        QuantizeDynamicKernel.Run(MemoryMarshal.AsBytes(values.AsSpan()), output, scale);
        return (MemoryMarshal.Cast<byte, sbyte>(output).ToArray(), DynamicScale.Read(scale));
    }

    private static float[] Dequantize(sbyte[] data, DynamicScale scale)
    {
        float[] values = new float[data.Length];
        byte[] bytes = new byte[DynamicScale.Elements * sizeof(int)];
        scale.Write(bytes);
        DequantizeDynamicKernel.Run(MemoryMarshal.AsBytes(data.AsSpan()), bytes, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
