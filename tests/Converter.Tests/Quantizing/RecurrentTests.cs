using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>LSTMs and singular value decomposition filters, from real numbers to the device, over records that follow each other.</summary>
public sealed class RecurrentTests
{
    [Theory]
    [InlineData("int8", 30)]
    [InlineData("int16", 33)]
    [InlineData("int4", 11)]
    [InlineData("codebook", 14)]
    [InlineData("int16 with int4", 11)]
    [InlineData("int16 with codebook", 14)]
    public void An_lstm_stays_close(string scheme, double decibels)
    {
        const int Features = 24, Cells = 20, Steps = 6;
        FloatNetwork network = new();
        Tensor?[] inputs =
        [
            network.Input(1, Steps, Features),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells, Features)),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells, Cells)),
            .. Enumerable.Range(0, Lstm.Gates).Select(_ => network.Random(0.3, Cells)),
            network.State(1, Cells),
            network.State(1, Cells),
        ];
        Tensor output = network.Add(new Lstm(false, 0), [1, Steps, Cells], inputs);

        QuantizedRun run = QuantizedRun.Of(network.Output(output), network.Samples(20) with { StateContinues = true }, Schemes.Of(scheme));

        Assert.True(run.SignalToNoise > decibels, $"{run.SignalToNoise} dB");
    }

    [Theory]
    [InlineData("int8", 34)]
    [InlineData("int16", 40)]
    [InlineData("int4", 14)]
    [InlineData("codebook", 18)]
    [InlineData("int16 with int4", 14)]
    [InlineData("int16 with codebook", 18)]
    public void A_filter_over_time_stays_close(string scheme, double decibels)
    {
        const int Features = 30, Units = 12, Rank = 2, Memory = 8;
        FloatNetwork network = new();
        Tensor output = network.Add(
            new Svdf(Rank),
            [1, Units],
            network.Input(1, Features),
            network.Random(0.2, Units * Rank, Features),
            network.Random(0.4, Units * Rank, Memory),
            network.Random(0.3, Units),
            network.State(1, Units * Rank * Memory));

        QuantizedRun run = QuantizedRun.Of(network.Output(output), network.Samples(40) with { StateContinues = true }, Schemes.Of(scheme));

        Assert.True(run.SignalToNoise > decibels, $"{run.SignalToNoise} dB");
    }
}
