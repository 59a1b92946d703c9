using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("images.idx", "000008030000000200000002000000030001027f80ff060708090a0b", new[] { 0f, 1, 2, 127, 128, 255 })]
    [InlineData("images-idx3-ubyte", "000009030000000100000002000000030001027f80ff", new[] { 0f, 1, 2, 127, -128, -1 })]
    [InlineData("images.idx3-ubyte", "00000b03000000010000000200000003000000010002ffff80007fff", new[] { 0f, 1, 2, -1, -32768, 32767 })]
    [InlineData("content", "00000c03000000010000000200000003000000000000000100000002ffffffff8000000000010000", new[] { 0f, 1, 2, -1, -2147483648, 65536 })]
    [InlineData("floats.idx", "00000d030000000100000002000000033f800000c00000003f0000000000000080000000447a0000", new[] { 1f, -2, 0.5f, 0, -0f, 1000 })]
    public void Arrays_of_all_types_are_read(string name, string file, float[] first)
    {
        byte[] bytes = Convert.FromHexString(file);
        Assert.Equal(first, _folder.Read(_folder.Add(name, bytes)).Inputs[0][0]);
        Assert.Equal(first, _folder.Read(_folder.Add(name + ".gz", DataFolder.Gzip(bytes))).Inputs[0][0]);
    }

    [Fact]
    public void Images_are_scaled()
    {
        string path = _folder.Add("images.idx", Convert.FromHexString("000008030000000100000002000000030033669999ff"));
        SampleOptions options = _folder.OptionsOf(path);
        float[] expected = [0, 0.2f, 0.4f, 0.6f, 0.6f, 1];
        Assert.Equal(expected, _folder.Read(options with { Scale = new ValueScale(1 / 255.0) }).Inputs[0][0]);
        Dictionary<string, ValueScale> scales = new(StringComparer.Ordinal) { ["x"] = new ValueScale(2 / 255.0, -1) };
        Assert.Equal([-1f, 1f], _folder.Read(options with { Scales = scales, Scale = new ValueScale(7) }).Inputs[0][0].Where((_, i) => i is 0 or 5));
        Assert.Contains("'y'", _folder.Refused(options with { Scales = new Dictionary<string, ValueScale>(StringComparer.Ordinal) { ["y"] = new() } }).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01000803", "the start of the file")]
    [InlineData("00000703", "the type in byte 2")]
    [InlineData("00000800", "the number of sizes in byte 3")]
    [InlineData("000008ff", "the number of sizes in byte 3")]
    [InlineData("0000", "the length of the header")]
    [InlineData("0000080300000001", "the length of the sizes")]
    [InlineData("00000803ffffffffffffffffffffffff", "the shape")]
    [InlineData("00000803000000020000000200000003000102", "the length of the array")]
    [InlineData("000008030000000100000002000000030001020304050607", "the length of the array")]
    [InlineData("000008030000000000000002000000030001020304050607", "the length of the array")]
    [InlineData("00000803000000000000000200000003", "the number of records")]
    public void A_header_that_lies_is_refused_with_its_place(string file, string place)
    {
        Assert.Equal(place, _folder.Refused(_folder.Add("x.idx", Convert.FromHexString(file))).Place);
    }

    [Fact]
    public void A_gzip_file_cut_short_anywhere_is_refused()
    {
        byte[] file = DataFolder.Gzip([.. Convert.FromHexString("00000803000000640000000200000003"), .. Enumerable.Range(0, 600).Select(i => (byte)(i * i))]);
        for (int length = 0; length < file.Length; length++)
        {
            _folder.Refused(_folder.Add("x.idx.gz", file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void What_follows_the_array_is_refused_even_where_it_is_packed()
    {
        byte[] file = [.. Convert.FromHexString("00000803000000010000000200000003000102030405"), 0];
        Assert.Equal("the length of the file", _folder.Refused(_folder.Add("x.idx.gz", DataFolder.Gzip(file))).Place);
    }

    [Fact]
    public void A_quantized_input_of_the_same_type_takes_integers_as_its_own()
    {
        _folder.Inputs = [new SampleInput("x", DataType.UInt8, [1, 2, 3], Quantization.PerTensor(0.5f, 10))];
        string path = _folder.Add("x.idx", Convert.FromHexString("00000803000000010000000200000003000a0c143cff"));
        Assert.Equal([-5f, 0, 1, 5, 25, 122.5f], _folder.Read(path).Inputs[0][0]);
        Assert.Equal([0f, 10, 12, 20, 60, 255], _folder.Read(_folder.OptionsOf(path) with { Scale = new ValueScale() }).Inputs[0][0]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }
}
