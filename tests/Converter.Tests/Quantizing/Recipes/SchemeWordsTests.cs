using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Recipes;

public sealed class SchemeWordsTests
{
    [Fact]
    public void Words_change_what_they_name()
    {
        Assert.Equal(new SchemeChange { WeightEncoding = WeightEncoding.Int4 }, SchemeWords.ToWeights("int4"));
        Assert.Equal(new SchemeChange { WeightEncoding = WeightEncoding.Codebook, IndexBits = 3 }, SchemeWords.ToWeights("codebook:3"));
        Assert.Equal(new SchemeChange { ActivationType = ActivationType.Dynamic }, SchemeWords.ToActivations("dynamic"));
        Assert.Equal(new SchemeChange { CalibrationMethod = CalibrationMethod.Percentile, Percentile = 99.5 }, SchemeWords.ToCalibration("percentile:99.5"));
        Assert.Equal(new SchemeChange { CalibrationMethod = CalibrationMethod.MovingAverage, Momentum = 0.95 }, SchemeWords.ToCalibration("moving-average:0.95"));
        Assert.Equal(new RepairScheme(Equalization: true, AdaptiveRounding: true), SchemeWords.ToRepair("rounding,equalization"));
        Assert.Equal(new RepairScheme(Auto: true), SchemeWords.ToRepair("auto"));
    }

    [Theory]
    [InlineData("int2")]
    [InlineData("int8:4")]
    [InlineData("codebook:1")]
    [InlineData("codebook:9")]
    [InlineData("codebook:")]
    [InlineData("")]
    [InlineData("INT8")]
    [InlineData("percentile:50")]
    [InlineData("percentile:101")]
    [InlineData("moving-average:1")]
    [InlineData("moving-average:-0.5")]
    [InlineData("auto,bias")]
    [InlineData("bias,")]
    public void Other_words_mean_nothing(string text)
    {
        Assert.Null(SchemeWords.ToWeights(text));
        Assert.Null(SchemeWords.ToActivations(text));
        Assert.Null(SchemeWords.ToCalibration(text));
        Assert.Null(SchemeWords.ToRepair(text));
    }
}
