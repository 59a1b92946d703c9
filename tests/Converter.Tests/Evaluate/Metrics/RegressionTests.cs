using EdgeQuant.Converter.Evaluate.Metrics;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Metrics;

public sealed class RegressionTests
{
    /// <summary>Distances 1, 0, 2 over targets 1, 2, 6: mean 3, variation 4 + 1 + 9.</summary>
    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        Regression regression = new(values: 1);
        regression.Add([2], [1]);
        regression.Add([2], [2]);
        regression.Add([4], [6]);
        RegressionFigures figures = regression.Figures();
        Assert.Equal(3, figures.Records);
        Assert.Equal(1, figures.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(5.0 / 3), figures.RootMeanSquaredError, 1e-12);
        Assert.Equal(1 - (5.0 / 14), figures.RSquared, 1e-12);
        Assert.Equal(2, figures.LargestError, 1e-12);
    }

    [Fact]
    public void Each_value_has_its_own_mean()
    {
        Regression regression = new(values: 2);
        regression.Add([1, 101], [0, 100]);
        regression.Add([3, 103], [4, 104]);
        RegressionFigures figures = regression.Figures();
        Assert.Equal(1 - (4.0 / 16), figures.RSquared, 1e-12);
        Assert.Equal(1, figures.MeanAbsoluteError, 1e-12);
    }

    [Fact]
    public void Targets_that_never_change_are_explained_only_without_error()
    {
        Regression right = new(values: 1);
        Regression wrong = new(values: 1);
        for (int i = 0; i < 3; i++)
        {
            right.Add([5], [5]);
            wrong.Add([6], [5]);
        }

        Assert.Equal(1, right.Figures().RSquared);
        Assert.Equal(double.NegativeInfinity, wrong.Figures().RSquared);
    }

    [Fact]
    public void Figures_agree_with_their_definitions()
    {
        Random random = new(11);
        float[] targets = [.. Enumerable.Range(0, 300).Select(_ => (float)((random.NextDouble() * 9) + 1000))];
        float[] outputs = [.. targets.Select(target => target + (float)(random.NextDouble() - 0.4))];
        Regression regression = new(values: 1);
        for (int i = 0; i < targets.Length; i++)
        {
            regression.Add(outputs.AsSpan(i, 1), targets.AsSpan(i, 1));
        }

        double[] distances = [.. targets.Zip(outputs, (target, output) => Math.Abs((double)target - output))];
        double mean = targets.Average(target => (double)target);
        RegressionFigures figures = regression.Figures();
        Assert.Equal(distances.Average(), figures.MeanAbsoluteError, 1e-9);
        Assert.Equal(Math.Sqrt(distances.Average(distance => distance * distance)), figures.RootMeanSquaredError, 1e-9);
        Assert.Equal(distances.Max(), figures.LargestError);
        Assert.Equal(1 - (distances.Sum(distance => distance * distance) / targets.Sum(target => (target - mean) * (target - mean))), figures.RSquared, 1e-9);
    }
}
