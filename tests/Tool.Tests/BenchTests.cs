using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Timing of the sine's model.</summary>
public sealed class BenchTests(SineModel model) : IClassFixture<SineModel>
{
    [Fact]
    public void Figures_are_in_order()
    {
        JsonElement report = ToolProcess.Run("bench", model.Path, "--iterations", "50", "--json").Succeeded().Json();
        Assert.Equal(50, report.GetProperty("iterations").GetInt32());
        Assert.Equal(0, report.GetProperty("allocatedBytesPerInference").GetDouble());
        Assert.Equal(288, report.GetProperty("macs").GetInt64());
        Assert.True(report.GetProperty("warmUpInferences").GetInt32() > 50);
        Assert.False(string.IsNullOrEmpty(report.GetProperty("kernels").GetString()));
        InOrder(report.GetProperty("nanoseconds"));
        double median = report.GetProperty("nanoseconds").GetProperty("median").GetDouble();
        Assert.True(median > 0);
        Assert.Equal(288 / (median * 1e-9), report.GetProperty("macsPerSecond").GetDouble(), 1);
        JsonElement[] operators = [.. report.GetProperty("operators").EnumerateArray()];
        Assert.Equal(3, operators.Length);
        Assert.All(operators, op => InOrder(op.GetProperty("nanoseconds")));
        double peak = report.GetProperty("peak").GetProperty("macsPerSecond").GetDouble();
        Assert.True(peak > 1e6);
        Assert.Equal(report.GetProperty("macsPerSecond").GetDouble() / peak, report.GetProperty("shareOfPeak").GetDouble(), 9);
        Assert.All(operators, op => Assert.Equal(op.GetProperty("macsPerSecond").GetDouble() / peak, op.GetProperty("shareOfPeak").GetDouble(), 9));
        Assert.True(report.GetProperty("load").GetProperty("firstInference").GetDouble() > 0);
        InOrder(report.GetProperty("load").GetProperty("later"));
        Assert.True(report.GetProperty("load").GetProperty("first").GetDouble() >= report.GetProperty("load").GetProperty("later").GetProperty("minimum").GetDouble());
        Assert.Equal(1, operators.Sum(op => op.GetProperty("share").GetDouble()), 6);
    }

    [Fact]
    public void Text_says_what_was_measured()
    {
        string output = ToolProcess.Run("bench", model.Path, "--iterations", "20").Succeeded().Output;
        Assert.Matches("(?m)^measured +20 inferences, then as many operator by operator", output);
        Assert.Matches("(?m)^inference +median .*, minimum .*, p90 ", output);
        Assert.Matches(@"(?m)^work +288 MACs, .* MACs/s at the median, \d+(\.\d+)? % of this machine's peak", output);
        Assert.Matches(@"(?m)^peak +\d.* MACs/s of one core \(.+; measured\)", output);
        Assert.Matches("(?m)^load +first .* and its first inference .*; later loads median ", output);
        Assert.Matches("(?m)^#  operator .* MACs/s +of peak", output);
        Assert.Matches("(?m)^allocated +0 bytes an inference", output);
        Assert.Matches(@"(?m)^2  FullyConnected  1x1 +(< )?\d+(\.\d+)? (ns|µs|ms) ", output);
    }

    [Fact]
    public void Kernels_can_be_chosen()
    {
        Assert.Equal("scalar", ToolProcess.Run("bench", model.Path, "--iterations", "20", "--kernels", "scalar", "--json").Succeeded().Json().GetProperty("kernels").GetString());
        ToolProcess.Run("bench", model.Path, "--kernels", "fastest").Failed(2, "--kernels is 'fastest'; this machine has ");
    }

    [Fact]
    public void Threads_can_be_asked_for()
    {
        JsonElement report = ToolProcess.Run("bench", model.Path, "--iterations", "20", "--threads", "2", "--json").Succeeded().Json();
        Assert.Equal(2, report.GetProperty("threads").GetInt32());
        Assert.Equal(0, report.GetProperty("allocatedBytesPerInference").GetDouble());
        Assert.Equal(1, ToolProcess.Run("bench", model.Path, "--iterations", "20", "--json").Succeeded().Json().GetProperty("threads").GetInt32());
        Assert.Contains("2 threads in large layers", ToolProcess.Run("bench", model.Path, "--iterations", "20", "--threads", "2").Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("two")]
    public void Other_numbers_of_threads_are_refused(string threads)
    {
        ToolProcess.Run("bench", model.Path, "--threads", threads).Failed(2, $"--threads is '{threads}'; allowed are whole numbers from 1 to 64.");
    }

    [Fact]
    public void Compact_takes_no_threads()
    {
        ToolProcess.Run("bench", model.Path, "--compact", "--threads", "2").Failed(2, "--compact computes with one thread; leave out --threads.");
    }

    [Fact]
    public void Compact_keeps_no_copies()
    {
        JsonElement report = ToolProcess.Run("bench", model.Path, "--iterations", "20", "--compact", "--json").Succeeded().Json();
        Assert.Equal("compact", report.GetProperty("kernels").GetString());
        Assert.Equal(0, report.GetProperty("memory").GetProperty("heldBytes").GetInt64());
        string text = ToolProcess.Run("bench", model.Path, "--iterations", "20", "--compact").Succeeded().Output;
        Assert.Matches(@"(?m)^memory +file [\d,]+ bytes, arena \d+ bytes, state 0 bytes, weights only as they are in the file; ", text);
        ToolProcess.Run("bench", model.Path, "--compact", "--kernels", "scalar").Failed(2, "--compact names the kernels already");
    }

    private static void InOrder(JsonElement timing)
    {
        double minimum = timing.GetProperty("minimum").GetDouble();
        double median = timing.GetProperty("median").GetDouble();
        Assert.InRange(minimum, 0, median);
        Assert.InRange(median, 0, timing.GetProperty("p90").GetDouble());
    }
}
