using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

/// <summary>The data sets beside the repository.</summary>
public sealed class RealDataTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public void Digits_of_mnist()
    {
        Take([1, 28, 28, 1], 10);
        SampleOptions options = _folder.OptionsOf(Find("mnist/t10k-images-idx3-ubyte.gz")) with
        {
            Labels = new SampleFile(Find("mnist/t10k-labels-idx1-ubyte.gz")),
            Scale = new ValueScale(1 / 255.0),
        };
        SampleSet samples = _folder.Read(options);
        Assert.Equal(10_000, samples.Count);
        Assert.Equal([7, 2, 1, 0, 4], samples.Labels!.Take(5));
        Assert.Equal(1, samples.Inputs.Max(record => record[0].Max()));
        SampleSet first = _folder.Read(options with { Limit = 500 });
        Assert.Equal(samples.Labels!.Take(500), first.Labels);
        Assert.Equal(samples.Inputs[499][0], first.Inputs[499][0]);
    }

    [Theory]
    [InlineData("nano_circ.csv", 48)]
    [InlineData("nano_flex.csv", 26)]
    [InlineData("nano_hori.csv", 98)]
    [InlineData("nano_punch.csv", 16)]
    [InlineData("nano_vert.csv", 77)]
    public void Windows_of_gestures(string name, int windows)
    {
        Take([1, 119, 6], 5);
        SampleSet samples = _folder.Read("class:3=" + Find("gestures/" + name));
        Assert.Equal(windows, samples.Count);
        Assert.Equal(Enumerable.Repeat(3, windows), samples.Labels);
    }

    [Fact]
    public void Digits_of_scikit_learn()
    {
        Take([1, 8, 8, 1], 10);
        SampleSet samples = _folder.Read(Find("tabular/digits.csv.gz"));
        Assert.Equal(1797, samples.Count);
        Assert.Equal([0, 1, 2, 3, 4], samples.Labels!.Take(5));
        Assert.Equal([0f, 0, 5, 13, 9], samples.Inputs[0][0].Take(5));
    }

    [Theory]
    [InlineData("tabular/iris.csv", 4, 150)]
    [InlineData("tabular/wine_data.csv", 13, 178)]
    public void Tables_of_scikit_learn(string name, int features, int records)
    {
        Take([1, features], 3);
        SampleSet samples = _folder.Read(Find(name));
        Assert.Equal(records, samples.Count);
        Assert.Equal([0, 1, 2], samples.Labels!.Distinct());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }

    private static string Find(string name)
    {
        string path = Path.Combine(Repository.Shared, "data", name);
        Assert.SkipUnless(File.Exists(path), $"{path} is absent.");
        return path;
    }

    private void Take(int[] shape, int classes)
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, shape)];
        _folder.Output = new SampleInput("scores", DataType.Float32, [1, classes]);
    }
}
