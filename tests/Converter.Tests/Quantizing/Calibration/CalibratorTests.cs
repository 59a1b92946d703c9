using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class CalibratorTests
{
    private readonly DenseNetwork _network = new();

    [Fact]
    public void Statistics_are_those_of_all_values_that_tensors_take()
    {
        SampleSet samples = DenseNetwork.Samples(57);
        CalibrationStatistics statistics = _network.Calibrate(samples);
        Assert.Equal(57, statistics.Records);
        foreach (Tensor tensor in new[] { _network.Input, _network.Middle, _network.Output })
        {
            float[][] records = ValuesOf(tensor, samples);
            float[] all = [.. records.SelectMany(values => values)];
            TensorStatistics seen = statistics.Tensors[tensor];
            Assert.Equal(tensor.Name, seen.Name);
            Assert.Equal(all.Length, seen.Count);
            Assert.Equal(all.Min(), seen.Minimum);
            Assert.Equal(all.Max(), seen.Maximum);
            Assert.Equal(all.Average(value => (double)value), seen.Mean, 1e-9);
            Assert.Equal(all.Average(value => (double)value * value), seen.MeanSquare, 1e-9);
            Assert.Equal(records.Select(values => values.Min()), seen.RecordMinimum);
            Assert.Equal(records.Select(values => values.Max()), seen.RecordMaximum);
            Assert.Equal(all.Length, seen.Bins.Sum(bin => bin.Count));
            for (int channel = 0; channel < tensor.Shape[^1]; channel++)
            {
                Assert.Equal(records.Min(values => values[channel]), seen.Channels.Minimum[channel]);
                Assert.Equal(records.Max(values => values[channel]), seen.Channels.Maximum[channel]);
                Assert.Equal(records.Average(values => (double)values[channel]), seen.Channels.Mean[channel], 1e-6);
            }
        }
    }

    [Fact]
    public void Every_run_gives_the_same_bits()
    {
        SampleSet samples = DenseNetwork.Samples(300);
        CalibrationStatistics first = _network.Calibrate(samples);
        for (int run = 0; run < 5; run++)
        {
            CalibrationStatistics again = _network.Calibrate(samples);
            foreach ((Tensor tensor, TensorStatistics seen) in first.Tensors)
            {
                TensorStatistics same = again.Tensors[tensor];
                Assert.Equal(seen.Mean, same.Mean);
                Assert.Equal(seen.MeanSquare, same.MeanSquare);
                Assert.Equal(seen.Channels.Mean, same.Channels.Mean);
                Assert.Equal(seen.Bins, same.Bins);
                Assert.Equal(seen.RecordMaximum, same.RecordMaximum);
            }
        }
    }

    [Fact]
    public void No_samples_are_refused()
    {
        DataException refused = Assert.Throws<DataException>(() => _network.Calibrate(new SampleSet([], "empty.npy")));
        Assert.Equal("empty.npy", refused.File);
        Assert.Equal("0", refused.Found);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_its_record_and_tensor()
    {
        SampleSet samples = DenseNetwork.Samples(8);
        samples.Inputs[5][0].AsSpan().Fill(3e38f);
        DataException refused = Assert.Throws<DataException>(() => _network.Calibrate(samples));
        Assert.Contains("'hidden'", refused.Place);
        Assert.Contains("record 5", refused.Place);
    }

    [Fact]
    public void Progress_is_told_and_cancellation_ends_the_run()
    {
        using CancellationTokenSource source = new();
        Records progress = new(records =>
        {
            if (records == 10)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Calibrator.Run(_network.Graph, DenseNetwork.Samples(5000), progress, source.Token));
    }

    [Fact]
    public void The_moving_average_starts_with_the_first_record()
    {
        SampleSet samples = DenseNetwork.Samples(4);
        CalibrationStatistics statistics = _network.Calibrate(samples);
        float[] highest = statistics.Tensors[_network.Input].RecordMaximum;
        double expected = (0.75 * ((0.75 * ((0.75 * highest[0]) + (0.25 * highest[1]))) + (0.25 * highest[2]))) + (0.25 * highest[3]);
        TensorRange range = statistics.RangeOf(_network.Input, new CalibrationScheme(CalibrationMethod.MovingAverage, Momentum: 0.75), 256, symmetric: false);
        Assert.Equal(expected, range.Maximum, 1e-6);
    }

    [Fact]
    public void A_tensor_of_another_network_has_no_range()
    {
        CalibrationStatistics statistics = _network.Calibrate(DenseNetwork.Samples(4));
        Assert.Throws<ArgumentException>(() => statistics.RangeOf(new DenseNetwork().Input, new CalibrationScheme(), 256, symmetric: false));
    }

    private float[][] ValuesOf(Tensor tensor, SampleSet samples)
    {
        float[][] values = new float[samples.Count][];
        FloatExecutor.Of(_network.Graph).RunAll(samples, (record, workspace) => values[record] = workspace[tensor].ToArray(), null, TestContext.Current.CancellationToken);
        return values;
    }

    private sealed class Records(Action<int> report) : IProgress<int>
    {
        public void Report(int value)
        {
            report(value);
        }
    }
}
