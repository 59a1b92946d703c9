using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Benchmarks.Tests;

/// <summary>Operators that are measured alone.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Each_is_one_operator_that_accumulates_products()
    {
        Assert.Distinct(BenchmarkedOperator.All.Select(op => op.Name));
        Assert.All(BenchmarkedOperator.All, op => Assert.True(Assert.Single(ModelInspector.Inspect(op.File()).Operators).Macs > 0));
    }
}
