using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly DataFolder _folder = new() { Inputs = [new SampleInput("x", DataType.Float32, [1, 3])] };

    [Theory]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("1,2,3\r\n4,5,6")]
    [InlineData("a,b,c\n1,2,3\n4,5,6\n")]
    [InlineData("\uFEFFa,b,c\n1,2,3\n4,5,6\n")]
    [InlineData("1;2;3\n4;5;6\n")]
    [InlineData("a\tb\tc\n1\t2\t3\n4\t5\t6\n")]
    [InlineData(" 1 , 2.0 ,+3\n\"4\",5e0, 0.6E1\n\n")]
    [InlineData("\"a, b\",\"c \"\"d\"\"\",e\n1,2,3\n4,5,6\n")]
    [InlineData("\n\n1,2,3\n\n4,5,6\n\n")]
    public void Rows_are_records(string text)
    {
        SampleSet samples = _folder.Read(_folder.Add("x.csv", text));
        Assert.Equal([[1f, 2, 3], [4f, 5, 6]], samples.Inputs.Select(record => record[0]));
        Assert.Null(samples.Labels);
        Assert.Equal(2, _folder.Read(_folder.Add("x.csv.gz", DataFolder.Gzip(System.Text.Encoding.UTF8.GetBytes(text)))).Count);
    }

    [Theory]
    [InlineData("1,2,3,0\n4,5,6,3\n", null)]
    [InlineData("a,b,c,d\n1,2,3,0\n4,5,6,3\n", null)]
    [InlineData("Label,a,b,c\n0,1,2,3\n3,4,5,6\n", null)]
    [InlineData("a,class,b,c\n1,0,2,3\n4,3,5,6\n", null)]
    [InlineData("a,b,target,c\n1,2,0,3\n4,5,3,6\n", null)]
    [InlineData("kind,a,b,c\n0,1,2,3\n3,4,5,6\n", "kind")]
    [InlineData("0,1,2,3\n3,4,5,6\n", "0")]
    [InlineData("2,3,zero,one,two,three\n1,2,3,0\n4,5,6,3\n", null)]
    public void A_column_more_is_the_class(string text, string? column)
    {
        SampleSet samples = _folder.Read(_folder.OptionsOf(_folder.Add("x.csv", text)) with { LabelColumn = column });
        Assert.Equal([[1f, 2, 3], [4f, 5, 6]], samples.Inputs.Select(record => record[0]));
        Assert.Equal([0, 3], samples.Labels!);
    }

    [Fact]
    public void Classes_can_be_names()
    {
        string path = _folder.Add("x.csv", "a,b,c,species\n1,2,3,virginica\n4,5,6,setosa\n");
        Assert.Equal([2, 0], _folder.Read(_folder.OptionsOf(path) with { ClassNames = ["setosa", "versicolor", "virginica"] }).Labels!);
        DataException refused = _folder.Refused(path);
        Assert.Equal("'virginica'", refused.Found);
        Assert.Contains("line 2", refused.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_left_over_column_that_never_changes_is_not_taken_for_the_class()
    {
        string path = _folder.Add("x.csv", "0,1,2,0\n1,4,5,0\n2,7,8,0\n");
        Assert.Contains("'0' in all 3 records", _folder.Refused(path).Found, StringComparison.Ordinal);
        Assert.Contains("'0' in all 2 records", _folder.Refused(_folder.OptionsOf(path) with { Limit = 2 }).Found, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], _folder.Read(_folder.OptionsOf(path) with { LabelColumn = "0" }).Labels!);
    }

    [Theory]
    [InlineData("aX,aY\n1,2\n3,4\n5,6\n\n7,8\n9,10\n11,12\n\n")]
    [InlineData("1,2\r\n3,4\r\n5,6\r\n\r\n\r\n7,8\r\n9,10\r\n11,12")]
    public void Windows_of_rows_have_blank_lines_between_them(string text)
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, [1, 3, 2])];
        Assert.Equal([[1f, 2, 3, 4, 5, 6], [7f, 8, 9, 10, 11, 12]], _folder.Read(_folder.Add("x.csv", text)).Inputs.Select(record => record[0]));
    }

    [Fact]
    public void Windows_have_one_class_each()
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, [1, 2, 2])];
        string path = _folder.Add("x.csv", "a,b,label\n1,2,1\n3,4,1\n\n5,6,2\n7,8,2\n");
        Assert.Equal([1, 2], _folder.Read(path).Labels!);
        Assert.Contains("line 6", _folder.Refused(_folder.Add("y.csv", "a,b,label\n1,2,1\n3,4,1\n\n5,6,2\n7,8,1\n")).Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\n3,4\n5,6\n\n7,8\n9,10\n\n", "record 1")]
    [InlineData("1,2\n3,4\n\n7,8\n9,10\n11,12\n\n", "record 0")]
    [InlineData("1,2\n3,4\n5,6\n7,8\n9,10\n11,12\n", "record 0")]
    public void A_window_of_another_length_is_refused(string text, string place)
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, [1, 3, 2])];
        DataException refused = _folder.Refused(_folder.Add("x.csv", text));
        Assert.Contains(place, refused.Place, StringComparison.Ordinal);
        Assert.StartsWith("3", refused.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_one_class_each_follow_each_other()
    {
        string first = _folder.Add("first.csv", "1,2,3\n4,5,6\n");
        string second = _folder.Add("second.csv", "7,8,9\n");
        SampleSet samples = _folder.Read($"class:2={first}", $"class:0={second}");
        Assert.Equal([1f, 4, 7], samples.Inputs.Select(record => record[0][0]));
        Assert.Equal([2, 2, 0], samples.Labels!);
        Assert.Contains("2, all of them", _folder.Refused($"class:2={second}", second).Allowed, StringComparison.Ordinal);
        Assert.Contains("0 to 3", _folder.Refused($"class:4={second}").Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,x\n", "line 1, column 3", "'x'")]
    [InlineData("1,2,3\n4,,6\n", "line 2, column 2", "empty")]
    [InlineData("1,2,3\n4,5\n", "the number of columns in line 2", "2")]
    [InlineData("1,2,3\n4,5,6,7\n", "the number of columns in line 2", "4")]
    [InlineData("1,2,3,4,5\n", "the number of columns", "5")]
    [InlineData("1,2,nan\n", "line 1 (record 0), element [2]", "NaN")]
    [InlineData("1,2,3\n4,5,-inf\n", "line 2 (record 1), element [2]", "-Infinity")]
    [InlineData("1,2,1e99\n", "line 1 (record 0), element [2]", "1E+99, which becomes Infinity")]
    [InlineData("1,2,\"3\n", "line 1", "malformed")]
    [InlineData("", "the file", "empty")]
    [InlineData("\n \n", "the number of rows", "0")]
    public void What_is_no_row_of_numbers_is_refused_with_its_line(string text, string place, string found)
    {
        DataException refused = _folder.Refused(_folder.Add("x.csv", text));
        Assert.Equal(place, refused.Place);
        Assert.Equal(found, refused.Found);
    }

    [Fact]
    public void A_header_can_be_said_to_be_there_or_not()
    {
        string path = _folder.Add("x.csv", "1,2,3\n4,5,6\n");
        Assert.Equal([4f, 5, 6], Assert.Single(_folder.Read(_folder.OptionsOf(path) with { Header = true }).Inputs)[0]);
        Assert.Equal(2, _folder.Read(_folder.OptionsOf(path) with { Header = false }).Count);
    }

    [Fact]
    public void An_endless_row_ends_soon()
    {
        string path = _folder.Add("x.csv.gz", DataFolder.Gzip(Enumerable.Repeat((byte)',', 50 << 20).ToArray()));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _folder.Refused(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_short_is_no_shorter_file()
    {
        byte[] file = DataFolder.Gzip(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i},{i * 7 % 1001},{i * 13 % 997}\n"))));
        for (int length = 30; length < file.Length; length += 97)
        {
            _folder.Refused(_folder.Add("x.csv.gz", file.AsSpan(0, length)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }
}
