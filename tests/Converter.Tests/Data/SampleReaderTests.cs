using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

public sealed class SampleReaderTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public void Several_inputs_come_from_a_file_each()
    {
        TakeTwoInputs();
        string first = _folder.Add("a.npy", NumPy.Counting(3, 2));
        string second = _folder.Add("b.csv", "5\n6\n7\n");
        SampleSet samples = _folder.Read($"b={second}", $"a={first}");
        Assert.Equal([[0f, 1], [2f, 3], [4f, 5]], samples.Inputs.Select(record => record[0]));
        Assert.Equal([[5f], [6f], [7f]], samples.Inputs.Select(record => record[1]));
    }

    [Fact]
    public void Files_of_different_counts_are_refused()
    {
        TakeTwoInputs();
        string first = _folder.Add("a.npy", NumPy.Counting(3, 2));
        DataException more = _folder.Refused($"a={first}", $"b={_folder.Add("b.csv", "5\n6\n7\n8\n")}");
        Assert.Equal("more than 3", more.Found);
        DataException fewer = _folder.Refused($"a={first}", $"b={_folder.Add("c.csv", "5\n6\n")}");
        Assert.Equal("2", fewer.Found);
        Assert.StartsWith("3,", fewer.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_without_files_and_files_without_inputs_are_refused()
    {
        TakeTwoInputs();
        string path = _folder.Add("a.npy", NumPy.Counting(3, 2));
        Assert.Contains("b=PATH", _folder.Refused($"a={path}").Help, StringComparison.Ordinal);
        Assert.Equal("not named", _folder.Refused($"a={path}", path).Found);
        Assert.Contains("a=PATH b=PATH", _folder.Refused(path).Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_follow_each_other_whatever_their_format()
    {
        SampleSet samples = _folder.Read(_folder.Add("a.npy", NumPy.Counting(2, 2, 3)), _folder.Add("b.csv", "1,2,3,4,5,6\n"), _folder.Add("c.bin", new byte[48]));
        Assert.Equal([0f, 6, 1, 0, 0], samples.Inputs.Select(record => record[0][0]));
    }

    [Theory]
    [InlineData("x.mat")]
    [InlineData("x.png")]
    [InlineData("x")]
    public void A_file_of_unknown_format_is_refused_with_the_known_ones(string name)
    {
        DataException refused = _folder.Refused(_folder.Add(name, "MATLAB 5.0"));
        Assert.Equal("its format", refused.Place);
        Assert.Contains(".npy", refused.Allowed, StringComparison.Ordinal);
        Assert.Contains(".csv", refused.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_refused()
    {
        Assert.Equal("not there", _folder.Refused("/nowhere/x.npy").Found);
        Assert.Equal("a folder", _folder.Refused(Path.GetTempPath() + "/.csv/..").Found);
    }

    [Fact]
    public void The_message_says_file_place_found_allowed_and_help()
    {
        DataException refused = new("x.npy", "the shape", "[3]", "[records,2]", "Reshape it.");
        Assert.Equal("x.npy: the shape is [3]; allowed: [records,2]. Reshape it.", refused.Message);
    }

    [Theory]
    [InlineData("a=b.npy", "a", null, null, "b.npy")]
    [InlineData("c=b.npy", null, null, null, "c=b.npy")]
    [InlineData("class:7=b.csv", null, 7, null, "b.csv")]
    [InlineData("class:x=b.csv", null, null, null, "class:x=b.csv")]
    [InlineData("C:\\data\\b.npz#test", null, null, "test", "C:\\data\\b.npz")]
    [InlineData("b#1.npy", null, null, null, "b#1.npy")]
    [InlineData("a=b.NPZ#t", "a", null, "t", "b.NPZ")]
    public void What_a_person_writes_is_understood(string text, string? input, int? label, string? array, string path)
    {
        TakeTwoInputs();
        Assert.Equal(new SampleFile(path) { Input = input, Class = label, Array = array }, SampleFile.Parse(text, _folder.Inputs));
    }

    [Fact]
    public void Cancellation_ends_the_reading()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        SampleOptions options = _folder.OptionsOf(_folder.Add("x.npy", NumPy.Counting(2, 2, 3)));
        Assert.Throws<OperationCanceledException>(() => SampleReader.Read(_folder.Inputs, null, options, source.Token));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }

    private void TakeTwoInputs()
    {
        _folder.Inputs = [new SampleInput("a", DataType.Float32, [1, 2]), new SampleInput("b", DataType.Float32, [1, 1])];
    }
}
