using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Every operation, quantized and run by the device: how close it stays to real numbers.</summary>
public sealed class OperatorTests
{
    /// <summary>What 8 bits give at least, in decibels.</summary>
    private const double Least = 29;

    /// <summary>What 16 bits give at least, where nothing else has fewer.</summary>
    private const double LeastWide = 60;

    /// <summary>Operations with more error than that of 16 bits: 8-bit weights, positions with 10 bits, a root by lines near 0.</summary>
    private static readonly Dictionary<string, double> s_leastWide = new()
    {
        ["transposed convolution"] = 42,
        ["resize bilinear"] = 48,
        ["square root"] = 36,
        ["matrix product with a constant"] = 42,
    };

    public static TheoryData<string> Names()
    {
        return [.. OperatorCases.All.Keys];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Eight_bits_stay_close(string name)
    {
        QuantizedRun run = Run(name, "int8");

        Assert.True(run.SignalToNoise >= Least, $"{run.SignalToNoise:f1} dB");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Eight_symmetric_bits_stay_close(string name)
    {
        QuantizedRun run = Run(name, "int8 symmetric");

        Assert.True(run.SignalToNoise >= Least - 5, $"{run.SignalToNoise:f1} dB");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Powers_of_two_stay_close(string name)
    {
        QuantizedRun run = Run(name, "power of two");

        Assert.True(run.SignalToNoise >= Least - 8, $"{run.SignalToNoise:f1} dB");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sixteen_bits_stay_closer(string name)
    {
        QuantizedRun run = Run(name, "int16");

        Assert.True(run.SignalToNoise >= s_leastWide.GetValueOrDefault(name, LeastWide), $"{run.SignalToNoise:f1} dB");
    }

    private static QuantizedRun Run(string name, string scheme)
    {
        FloatNetwork network = new();
        Tensor[] outputs = OperatorCases.All[name](network);
        FloatPassList.Run(network.Output(outputs));
        return QuantizedRun.Of(network.Graph, network.Samples(30), Schemes.Of(scheme));
    }
}
