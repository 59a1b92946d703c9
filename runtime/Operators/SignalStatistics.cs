using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Statistics of each channel of a frame of samples.</summary>
/// <remarks>
/// Input: samples (int16, [samples, channels] in any shape, 1 to 4096 samples). Output: int32, [statistics, channels]. Attributes: channels;
/// then for each statistic which it is. 0: mean x 2^8, rounded towards 0. 1: variance (the mean of the squares of distances from the mean),
/// rounded to nearest. 2: standard deviation x 2^8: with d the variance x samples^2, the root (<see cref="SquareRoot"/>) of d x 2^8, times 16,
/// divided by the samples, rounded down. 3: largest less smallest. 4: how often samples change from one side of the mean to the other; those at
/// the mean are on no side.
/// </remarks>
internal sealed class SignalStatistics : Operator
{
    private const int MostSamples = 4096;
    private const int FractionBits = 8;

    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _channels;
    private readonly int _samples;
    private readonly int[] _statistics;

    internal SignalStatistics(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int32);
        int elements = input.ElementCount;
        _channels = reader.Attribute("channels", 1, elements);
        reader.Require(elements % _channels == 0, "its data are no whole samples of the channels.");
        _samples = elements / _channels;
        reader.Require(_samples <= MostSamples, "a frame has more than 4096 samples.");
        int count = reader.AttributesLeft;
        reader.Require(output.ElementCount == (long)count * _channels, "its output has not one element for each statistic of each channel.");
        _statistics = new int[count];
        for (int i = 0; i < count; i++)
        {
            _statistics[i] = reader.Attribute("statistic", 0, (int)SampleStatistic.ZeroCrossings);
        }

        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            Run(channel);
        }
    }

    private void Run(int channel)
    {
        ReadOnlyInt16Vector samples = _input.Int16();
        Int32Vector output = _output.Int32();
        long sum = 0;
        long squares = 0;
        int smallest = short.MaxValue;
        int largest = short.MinValue;
        for (int i = channel; i < samples.Length; i += _channels)
        {
            int sample = samples[i];
            sum += sample;
            squares += sample * sample;
            smallest = sample < smallest ? sample : smallest;
            largest = sample > largest ? sample : largest;
        }

        long distances = (_samples * squares) - (sum * sum);
        for (int i = 0; i < _statistics.Length; i++)
        {
            output[(i * _channels) + channel] = _statistics[i] switch
            {
                (int)SampleStatistic.Mean => (int)((sum << FractionBits) / _samples),
                (int)SampleStatistic.Variance => (int)((distances + ((long)_samples * _samples / 2)) / ((long)_samples * _samples)),
                (int)SampleStatistic.Deviation => (int)(((long)SquareRoot.Of((ulong)distances << FractionBits) << (FractionBits / 2)) / _samples),
                (int)SampleStatistic.PeakToPeak => largest - smallest,
                _ => Crossings(samples, channel, sum),
            };
        }
    }

    private int Crossings(ReadOnlyInt16Vector samples, int channel, long sum)
    {
        int crossings = 0;
        long side = 0;
        for (int i = channel; i < samples.Length; i += _channels)
        {
            long distance = ((long)samples[i] * _samples) - sum;
            if ((distance > 0 && side < 0) || (distance < 0 && side > 0))
            {
                crossings++;
            }

            side = distance == 0 ? side : distance;
        }

        return crossings;
    }
}
