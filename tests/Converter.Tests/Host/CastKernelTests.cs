using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host.Kernels;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class CastKernelTests
{
    [Fact]
    public void Real_numbers_are_cut_towards_zero()
    {
        Assert.Equal([1, -1, 0, 0, 127], Cast<float, int>(DataType.Float32, DataType.Int32, 1.9f, -1.9f, 0.5f, -0.5f, 127));
    }

    [Fact]
    public void Real_numbers_wrap_around_in_narrow_integers()
    {
        Assert.Equal(new sbyte[] { 44, -56, -128 }, Cast<float, sbyte>(DataType.Float32, DataType.Int8, 300, 200, 128));
        Assert.Equal(new byte[] { 44, 200, 255 }, Cast<float, byte>(DataType.Float32, DataType.UInt8, 300, 200, -1));
    }

    [Fact]
    public void What_fits_no_integer_becomes_the_smallest()
    {
        Assert.Equal([int.MinValue, int.MinValue, int.MinValue], Cast<float, int>(DataType.Float32, DataType.Int32, 3e9f, float.NaN, float.NegativeInfinity));
        Assert.Equal([3000000000, 0], Cast<float, uint>(DataType.Float32, DataType.UInt32, 3e9f, float.NaN));
        Assert.Equal([3000000000, long.MinValue], Cast<float, long>(DataType.Float32, DataType.Int64, 3e9f, 1e19f));
    }

    [Fact]
    public void Integers_become_real_numbers_of_the_same_value()
    {
        Assert.Equal([-128f, 127f, 0f], Cast<sbyte, float>(DataType.Int8, DataType.Float32, -128, 127, 0));
        Assert.Equal([255f], Cast<byte, float>(DataType.UInt8, DataType.Float32, 255));
        Assert.Equal([4294967296f, 16777216f], Cast<uint, float>(DataType.UInt32, DataType.Float32, 4294967295, 16777217));
    }

    [Fact]
    public void Integers_wrap_around_in_narrower_ones_and_keep_their_sign_in_wider_ones()
    {
        Assert.Equal(new sbyte[] { -1, 0, -128 }, Cast<int, sbyte>(DataType.Int32, DataType.Int8, 255, 256, 128));
        Assert.Equal([-1L, 5L], Cast<short, long>(DataType.Int16, DataType.Int64, -1, 5));
    }

    [Fact]
    public void Everything_but_zero_is_true()
    {
        Assert.Equal(new byte[] { 1, 0, 1, 1, 0 }, Cast<float, byte>(DataType.Float32, DataType.Bool, 0.1f, 0, float.NaN, -3, -0f));
        Assert.Equal(new byte[] { 1, 0, 1 }, Cast<int, byte>(DataType.Int32, DataType.Bool, 256, 0, -1));
    }

    private static TTo[] Cast<TFrom, TTo>(DataType from, DataType to, params TFrom[] values)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        byte[] output = new byte[values.Length * to.Bytes()];
        CastKernel.Run(MemoryMarshal.AsBytes<TFrom>(values), from, output, to);
        return MemoryMarshal.Cast<byte, TTo>(output).ToArray();
    }
}
