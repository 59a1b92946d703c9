using EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Options as the format's specification lays them out; and whatever else the bytes say.</summary>
public sealed class FlexBufferMapTests
{
    [Fact]
    public void Integers_of_every_kind_are_read_by_name()
    {
        FlexBufferMap map = new(Numbers());

        Assert.Equal(-2, map.Int32("a", -128, 127));
        Assert.Equal(200, map.Int32("b", 0, 255));
        Assert.Equal(1, map.Int32("c", 0, 1));
        Assert.Equal(-1000, map.Int32("d", -1000, -1000));
        Assert.Equal(65000, map.Int32("e", 0, 65000));
    }

    [Theory]
    [InlineData("a", 0, 10, "'a' is -2; allowed is 0 to 10")]
    [InlineData("b", 0, 199, "'b' is 200; allowed is 0 to 199")]
    [InlineData("f", 0, 1, "'f' is no integer")]
    [InlineData("g", 0, 1, "no 'g'")]
    public void What_is_absent_or_out_of_range_is_refused(string name, int minimum, int maximum, string reason)
    {
        FlexBufferMap map = new(Numbers());

        CustomOptionsException refused = Assert.Throws<CustomOptionsException>(() => map.Int32(name, minimum, maximum));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "0 bytes")]
    [InlineData(new byte[] { 5, 4, 1 }, "kind 1")]
    [InlineData(new byte[] { 0, 0, 0, 36, 3 }, "elements of 3 bytes")]
    [InlineData(new byte[] { 9, 36, 1 }, "9 bytes back")]
    public void What_is_no_map_is_refused(byte[] bytes, string reason)
    {
        CustomOptionsException refused = Assert.Throws<CustomOptionsException>(() => new FlexBufferMap(bytes));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_maps_are_read_or_refused()
    {
        Random random = new(6);
        byte[] original = Numbers();
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = original[..(i % 4 == 0 ? random.Next(original.Length + 1) : original.Length)];
            for (int change = 0; bytes.Length > 0 && change <= i % 3; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = new FlexBufferMap(bytes);
            }
            catch (CustomOptionsException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 5_000, 19_999);
    }

    /// <summary>{ a: -2, b: 200 (unsigned), c: true, d: -1000 (indirect, 2 bytes), e: 65000 (indirect, unsigned), f: null }, elements of 1 byte.</summary>
    private static byte[] Numbers()
    {
        return
        [
            (byte)'a', 0, (byte)'b', 0, (byte)'c', 0, (byte)'d', 0, (byte)'e', 0, (byte)'f', 0,
            0x18, 0xFC, 0xE8, 0xFD,
            6, 17, 16, 15, 14, 13, 12, // The number of keys, and how far back from its place each begins.
            6, 1, 6, // How far back the keys begin, their width, the number of values.
            0xFE, 200, 1, 17, 16, 0,
            1 << 2, 2 << 2, 26 << 2, (6 << 2) | 1, (7 << 2) | 1, 0,
            12, (9 << 2) | 0, 1,
        ];
    }
}
