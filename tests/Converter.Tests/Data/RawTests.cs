using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class RawTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("x.bin", false)]
    [InlineData("x.raw", false)]
    [InlineData("x.bin.gz", true)]
    public void Records_of_floats_follow_each_other(string name, bool isPacked)
    {
        byte[] file = MemoryMarshal.AsBytes(Enumerable.Range(0, 18).Select(i => (float)i).ToArray().AsSpan()).ToArray();
        SampleSet samples = _folder.Read(_folder.Add(name, isPacked ? DataFolder.Gzip(file) : file));
        Assert.Equal([0f, 6, 12], samples.Inputs.Select(record => record[0][0]));
    }

    [Fact]
    public void Several_inputs_lie_interleaved_in_their_own_types()
    {
        _folder.Inputs = [new SampleInput("a", DataType.Float32, [1, 1]), new SampleInput("b", DataType.Int8, [1, 2], Quantization.PerTensor(0.5f, 1)), new SampleInput("c", DataType.Int16, [1])];
        SampleSet samples = _folder.Read(_folder.Add("all.bin", Convert.FromHexString("0000803f01ff0500" + "0000004080060a00")));
        Assert.Equal([[1f], [0f, -1], [5f]], samples.Inputs[0]);
        Assert.Equal([[2f], [-64.5f, 2.5f], [10f]], samples.Inputs[1]);
    }

    [Fact]
    public void A_type_can_be_said()
    {
        SampleOptions options = _folder.OptionsOf(_folder.Add("x.bin", [1, 2, 3, 4, 5, 255])) with { RawType = DataType.UInt8 };
        Assert.Equal([1f, 2, 3, 4, 5, 255], _folder.Read(options).Inputs[0][0]);
    }

    [Theory]
    [InlineData(23)]
    [InlineData(25)]
    [InlineData(1)]
    public void A_length_that_is_no_multiple_of_a_record_is_refused(int length)
    {
        DataException refused = _folder.Refused(_folder.Add("x.bin", new byte[length]));
        Assert.Equal($"{length} bytes", refused.Found);
        Assert.Contains("multiple of 24 bytes", refused.Allowed, StringComparison.Ordinal);
        Assert.Contains("record", _folder.Refused(_folder.Add("x.bin.gz", DataFolder.Gzip(new byte[length]))).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void No_records_are_refused()
    {
        Assert.Equal("empty", _folder.Refused(_folder.Add("x.bin", [])).Found);
    }

    [Fact]
    public void Whole_numbers_out_of_an_integer_inputs_range_are_refused()
    {
        _folder.Inputs = [new SampleInput("tokens", DataType.Int8, [1, 2])];
        DataException refused = _folder.Refused(_folder.Add("x.npy", NumPy.File("<i2", "(1, 2)", new short[] { 5, 200 })));
        Assert.Equal("record 0, element [1]", refused.Place);
        Assert.Contains("-128 to 127", refused.Allowed, StringComparison.Ordinal);
        Assert.Equal("1.5", _folder.Refused(_folder.Add("y.npy", NumPy.File("<f4", "(1, 2)", new float[] { 1.5f, 2 }))).Found);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }
}
