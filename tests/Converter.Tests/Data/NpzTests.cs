using System.IO.Compression;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class NpzTests : IDisposable
{
    /// <summary>What NumPy 1.24 wrote for <c>savez_compressed(b, x=arange(6, dtype='f4').reshape(2, 3), y=array([1, 0]))</c>.</summary>
    private const string Compressed =
        "504b0304140000000800000021004fe9002a550000009800000005001400782e6e707901001000980000000000000055000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a2aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a463a0ac69a3a0ab50a64032e063068b007120e4004c40d40bcc00100504b03041400000008000000210071fb39ab480000009000000005001400792e6e707901001000900000000000000048000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a463a9a3a0ab50a14002e4606540000504b01021403140000000800000021004fe9002a5500000098000000050000000000000000000000800100000000782e6e7079504b010214031400000008000000210071fb39ab480000009000000005000000000000000000000080018c000000792e6e7079504b05060000000002000200660000000b0100000000";

    private readonly DataFolder _folder = new();

    [Fact]
    public void A_file_that_numpy_wrote_gives_inputs_and_labels()
    {
        _folder.Inputs = [new SampleInput("input", DataType.Float32, [1, 3])];
        SampleSet samples = _folder.Read(_folder.Add("set.npz", Convert.FromHexString(Compressed)));
        Assert.Equal([[0f, 1, 2], [3f, 4, 5]], samples.Inputs.Select(record => record[0]));
        Assert.Equal([1, 0], samples.Labels!);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Arrays_are_found_by_the_names_of_inputs(CompressionLevel level)
    {
        _folder.Inputs = [new SampleInput("a", DataType.Float32, [1, 2]), new SampleInput("b", DataType.Float32, [1])];
        byte[] file = DataFolder.Zip(level, ("b.npy", NumPy.Counting(3, 1)), ("other.npy", NumPy.Counting(7, 5)), ("a.npy", NumPy.Counting(3, 2)));
        SampleSet samples = _folder.Read(_folder.Add("set.npz", file));
        Assert.Equal([[0f, 1], [2f, 3], [4f, 5]], samples.Inputs.Select(record => record[0]));
        Assert.Equal([[0f], [1f], [2f]], samples.Inputs.Select(record => record[1]));
        Assert.Null(samples.Labels);
    }

    [Fact]
    public void One_array_of_several_can_be_named_for_inputs_and_labels()
    {
        byte[] file = DataFolder.Zip(
            CompressionLevel.Fastest, ("x_test.npy", NumPy.Counting(3, 2, 3)), ("x_train.npy", NumPy.Counting(9, 2, 3)), ("y_test.npy", NumPy.File("|u1", "(3,)", new byte[] { 3, 0, 2 })));
        string path = _folder.Add("mnist.npz", file);
        SampleSet samples = _folder.Read(_folder.OptionsOf(path + "#x_test") with { Labels = SampleFile.Parse(path + "#y_test", _folder.Inputs) });
        Assert.Equal(3, samples.Count);
        Assert.Equal([3, 0, 2], samples.Labels!);
        Assert.Contains("x_test, x_train, y_test", _folder.Refused(path).Found, StringComparison.Ordinal);
        Assert.Contains("'z'", _folder.Refused(path + "#z").Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_different_counts_are_refused()
    {
        _folder.Inputs = [new SampleInput("a", DataType.Float32, [1, 2]), new SampleInput("b", DataType.Float32, [1])];
        byte[] file = DataFolder.Zip(CompressionLevel.Fastest, ("b.npy", NumPy.Counting(4, 1)), ("a.npy", NumPy.Counting(3, 2)));
        DataException refused = _folder.Refused(_folder.Add("set.npz", file));
        Assert.Equal("4", refused.Found);
        Assert.EndsWith("set.npz#b", refused.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        byte[] bomb = NumPy.File("<f4", "(1, 2, 3)", new byte[64 << 20]);
        string path = _folder.Add("bomb.npz", DataFolder.Zip(CompressionLevel.Optimal, ("x.npy", bomb)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than its header says", _folder.Refused(path).Found, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_changed_byte_is_seen_by_the_checksum()
    {
        byte[] file = DataFolder.Zip(CompressionLevel.NoCompression, ("x.npy", NumPy.Counting(3, 2, 3)));
        file[file.AsSpan().IndexOf("}"u8) + 60] ^= 0x10;
        Assert.Equal("what is packed", _folder.Refused(_folder.Add("x.npz", file)).Place);
    }

    [Fact]
    public void Files_cut_short_anywhere_are_refused()
    {
        byte[] file = DataFolder.Zip(CompressionLevel.Optimal, ("x.npy", NumPy.Counting(30, 2, 3)));
        for (int length = 0; length < file.Length; length++)
        {
            _folder.Refused(_folder.Add("x.npz", file.AsSpan(0, length)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }
}
