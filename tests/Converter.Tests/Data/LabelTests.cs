using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class LabelTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string _samples;

    public LabelTests()
    {
        _samples = _folder.Add("x.npy", NumPy.Counting(3, 2, 3));
    }

    [Theory]
    [InlineData("y.txt", "3\n0\n2\n")]
    [InlineData("y.csv", "label\n3\n0\n2")]
    [InlineData("y.csv", "file,class\na.png,3\nb.png,0\nc.png,2\n")]
    public void Text_gives_a_class_a_line(string name, string text)
    {
        Assert.Equal([3, 0, 2], Read(_folder.Add(name, text)));
    }

    [Fact]
    public void Arrays_give_a_class_or_a_row_of_zeros_with_one_1()
    {
        Assert.Equal([3, 0, 2], Read(_folder.Add("a.npy", NumPy.File("<i8", "(3,)", new long[] { 3, 0, 2 }))));
        Assert.Equal([3, 0, 2], Read(_folder.Add("b.npy", NumPy.File("<f4", "(3, 1)", new float[] { 3, 0, 2 }))));
        Assert.Equal([3, 0, 2], Read(_folder.Add("c.npy", NumPy.File("<f4", "(3, 4)", new float[] { 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0 }))));
        Assert.Equal([3, 0, 2], Read(_folder.Add("d.idx", Convert.FromHexString("0000080100000003030002"))));
    }

    [Theory]
    [InlineData("030002")]
    [InlineData("030000000200")]
    [InlineData("030000000000000002000000")]
    [InlineData("030000000000000000000000000000000200000000000000")]
    public void Raw_numbers_have_the_size_that_fits(string file)
    {
        Assert.Equal([3, 0, 2], Read(_folder.Add("y.bin", Convert.FromHexString(file))));
    }

    [Theory]
    [InlineData("3\n0\n", "2")]
    [InlineData("3\n0\n2\n1\n", "more than 3")]
    public void Another_number_of_labels_than_of_samples_is_refused(string text, string found)
    {
        DataException refused = Refused(_folder.Add("y.txt", text));
        Assert.Equal("the number of labels", refused.Place);
        Assert.Equal(found, refused.Found);
        Assert.StartsWith("3,", refused.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_labels_in_arrays_is_refused()
    {
        Assert.Equal("4", Refused(_folder.Add("y.npy", NumPy.File("|u1", "(4,)", new byte[4]))).Found);
        Assert.Equal("2", Refused(_folder.Add("y.idx", Convert.FromHexString("00000801000000020300"))).Found);
        Assert.Equal("5 bytes", Refused(_folder.Add("y.bin", new byte[5])).Found);
    }

    [Theory]
    [InlineData("4", "'4'")]
    [InlineData("-1", "-1")]
    [InlineData("1.5", "1.5")]
    [InlineData("cat", "'cat'")]
    public void A_class_that_does_not_exist_is_refused_with_its_line(string label, string found)
    {
        DataException refused = Refused(_folder.Add("y.txt", $"0\n1\n{label}\n"));
        Assert.Contains("line 3", refused.Place, StringComparison.Ordinal);
        Assert.Equal(found.Trim('\''), refused.Found.Trim('\''));
        Assert.Equal("whole numbers from 0 to 3", refused.Allowed);
    }

    [Fact]
    public void One_score_has_two_classes()
    {
        _folder.Output = new SampleInput("score", DataType.Float32, [1, 1]);
        Assert.Equal([1, 0, 1], Read(_folder.Add("y.txt", "1\n0\n1\n")));
        Assert.Equal("whole numbers from 0 to 1", Refused(_folder.Add("z.txt", "1\n0\n2\n")).Allowed);
    }

    [Fact]
    public void A_row_that_is_not_one_hot_is_refused()
    {
        DataException refused = Refused(_folder.Add("y.npy", NumPy.File("<f4", "(3, 4)", new float[] { 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0 })));
        Assert.Equal("the row of record 1", refused.Place);
        Assert.Contains("[records]", Refused(_folder.Add("z.npy", NumPy.File("<f4", "(3, 5)", new float[15]))).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_limit_labels_of_the_records_beyond_it_are_not_used_but_counted()
    {
        SampleOptions options = _folder.OptionsOf(_samples) with { Limit = 2 };
        Assert.Equal([3, 0], _folder.Read(options with { Labels = new SampleFile(_folder.Add("y.txt", "3\n0\n9\n")) }).Labels!);
        Assert.Equal([3, 0], _folder.Read(options with { Labels = new SampleFile(_folder.Add("y.bin", [3, 0, 2])) }).Labels!);
        Assert.Equal("4", _folder.Refused(options with { Labels = new SampleFile(_folder.Add("y.npy", NumPy.File("|u1", "(4,)", new byte[4]))) }).Found);
    }

    [Fact]
    public void Targets_are_what_the_output_should_be()
    {
        _folder.Output = new SampleInput("y", DataType.Float32, [1, 2]);
        float[][] expected = [[0, 1], [2, 3], [4, 5]];
        SampleOptions options = _folder.OptionsOf(_samples);
        Assert.Equal(expected, _folder.Read(options with { Targets = new SampleFile(_folder.Add("t.npy", NumPy.Counting(3, 2))) }).Targets);
        Assert.Equal(expected, _folder.Read(options with { Targets = new SampleFile(_folder.Add("t.csv", "a,b\n0,1\n2,3\n4,5\n")) }).Targets);
        Assert.Equal("the number of targets", _folder.Refused(options with { Targets = new SampleFile(_folder.Add("s.csv", "0,1\n2,3\n")) }).Place);
        Assert.Equal("4", _folder.Refused(options with { Targets = new SampleFile(_folder.Add("u.npy", NumPy.Counting(4, 2))) }).Found);
        Assert.Equal("NaN", _folder.Refused(options with { Targets = new SampleFile(_folder.Add("v.csv", "0,1\n2,nan\n4,5\n")) }).Found);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }

    private int[] Read(string labels)
    {
        return _folder.Read(_folder.OptionsOf(_samples) with { Labels = SampleFile.Parse(labels, _folder.Inputs) }).Labels!;
    }

    private DataException Refused(string labels)
    {
        return _folder.Refused(_folder.OptionsOf(_samples) with { Labels = SampleFile.Parse(labels, _folder.Inputs) });
    }
}
