using System.Globalization;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using SampleStatistic = EdgeQuant.Runtime.Operators.SampleStatistic;

namespace EdgeQuant.Converter.Signal;

/// <summary>Makes the network of a <c>motionStatistics</c> front end: statistics of each channel, and amplitudes in bands of its spectrum, each rescaled.</summary>
internal sealed class MotionFrontEnd
{
    // Features of 16 bits reach from -16 to 16.
    private const int FeatureScale = 1 << 11;

    // Half of what 32 bits hold, so that an offset can be taken off.
    private const double MostInteger = 1 << 30;

    // What a rescaled integer may reach before it is cut to 16 bits.
    private const double MostRescaled = int.MaxValue;

    private const int WeightUnit = 1 << 12;

    private readonly FrontEnd _frontEnd;
    private readonly MotionSettings _settings;
    private readonly string _source;
    private readonly NetworkGraph _graph = new("front end");
    private readonly List<Tensor> _features = [];

    private MotionFrontEnd(FrontEnd frontEnd, MotionSettings settings, string source)
    {
        _frontEnd = frontEnd;
        _settings = settings;
        _source = source;
    }

    private int Channels => _frontEnd.Channels.Count;

    private double PerCount => _frontEnd.Channels[0].PerCount;

    /// <summary>The packed network: one frame (int16, [samples, channels]) to its features (int16).</summary>
    /// <param name="frontEnd">The front end.</param>
    /// <param name="settings">Its statistics.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It cannot be made.</exception>
    public static byte[] Pack(FrontEnd frontEnd, MotionSettings settings, string source)
    {
        if (frontEnd.Channels.Select(channel => channel.PerCount).Distinct().Count() > 1)
        {
            throw new SignalException(source, "The channels differ in perCount; statistics of one front end need the same.");
        }

        MotionFrontEnd made = new(frontEnd, settings, source);
        made.Build();
        return GraphConverter.Convert(made._graph, [], "front end", new ConversionOptions()).File;
    }

    private void Build()
    {
        Tensor samples = new("samples", DataType.Int16, [_settings.FrameSamples, Channels]) { Quantization = Quantization.PerTensor((float)PerCount, 0) };
        _graph.Inputs.Add(samples);
        MotionStatistic[] plain = [.. _settings.Statistics.Where(statistic => statistic.Kind != StatisticKind.BandAmplitudes)];
        Tensor? values = plain.Length == 0
            ? null
            : Add("statistics", DataType.Int32, [plain.Length, Channels], new SignalStatistics([.. plain.Select(statistic => (SampleStatistic)statistic.Kind)]), samples);
        int row = 0;
        foreach (MotionStatistic statistic in _settings.Statistics)
        {
            if (statistic.Kind == StatisticKind.BandAmplitudes)
            {
                AddFeature(statistic, Bands(samples), PerCount / Math.Sqrt(WeightUnit), 1 << 24);
                continue;
            }

            Tensor own = Add(Name(statistic), DataType.Int32, [1, Channels], new Slice(), values!, Integers([row, 0]), Integers([1, Channels]));
            AddFeature(statistic, own, UnitOf(statistic.Kind), LargestOf(statistic.Kind));
            row++;
        }

        int count = _features.Sum(feature => feature.ElementCount);
        Tensor features = Add("features", DataType.Int16, [1, count], new Concatenation(1), [.. _features]);
        features.Quantization = Quantization.PerTensor(1f / FeatureScale, 0);
        _graph.Outputs.Add(features);
    }

    /// <summary>Amplitudes in bands: [1, channels x bands], 6 fraction bits.</summary>
    private Tensor Bands(Tensor samples)
    {
        int frame = _settings.FrameSamples;
        int length = _settings.TransformSamples;
        int bins = (length / 2) + 1;
        int bands = _settings.BandEdges.Count - 1;
        if (Channels * bins > short.MaxValue)
        {
            throw new SignalException(_source, $"The spectra of {Channels} channels have {Channels * bins} bins; allowed are {short.MaxValue}. Take shorter frames.");
        }

        short[] firstBins = new short[(Channels * bands) + 1];
        short[] counts = new short[firstBins.Length];
        for (int band = 0; band < bands; band++)
        {
            int[] own = [.. Enumerable.Range(0, bins).Where(bin => IsIn(bin * _frontEnd.SampleRate / length, band))];
            if (own.Length == 0)
            {
                throw new SignalException(
                    _source,
                    $"The band from {Text(_settings.BandEdges[band])} to {Text(_settings.BandEdges[band + 1])} hertz lies between two bins of the spectrum, which are {Text(_frontEnd.SampleRate / length)} hertz apart. Take wider bands or longer frames.");
            }

            for (int channel = 0; channel < Channels; channel++)
            {
                int group = 1 + (channel * bands) + band;
                (firstBins[group], counts[group]) = ((short)((channel * bins) + own[0]), (short)own.Length);
            }
        }

        short[] window = [.. Enumerable.Range(0, frame).Select(i => (short)Math.Round(short.MaxValue * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / frame)))))];
        Tensor turned = Add("by channel", DataType.Int16, [Channels, frame], new Transpose(), samples, Integers([1, 0]));
        Tensor windowed = Add("windowed", DataType.Int16, [Channels, frame], new SignalWindow(15), turned, Shorts(window));
        Tensor scaled = new("scaled", DataType.Int16, [Channels, frame]);
        Tensor shift = new("shift", DataType.Int32, [1]);
        _graph.Nodes.Add(new Node(new SignalFftAutoScale(), [windowed], [scaled, shift]));
        Tensor spectrum = Add("spectrum", DataType.Int16, [Channels, length + 2], new SignalRfft(length), scaled);
        Tensor energies = Add("energies", DataType.UInt32, [1, Channels * bins], new SignalEnergy(0, Channels * bins), spectrum);

        // Each band is a group of its own, whose bins all count the same, towards it alone.
        short[] weights = [.. Enumerable.Repeat((short)WeightUnit, counts.Max())];
        Tensor[] constants = [Shorts(weights), Shorts(new short[weights.Length]), Shorts(firstBins), Shorts(new short[firstBins.Length]), Shorts(counts)];
        Tensor sums = Add("bands", DataType.UInt64, [1, Channels * bands], new SignalFilterBank(), [energies, .. constants]);
        Tensor roots = Add("roots", DataType.UInt32, sums.Shape, new SignalFilterBankSquareRoot(), sums, shift);
        return Add("amplitudes", DataType.Int32, sums.Shape, new Cast(), roots);
    }

    private bool IsIn(double hertz, int band)
    {
        return hertz >= _settings.BandEdges[band] && hertz < _settings.BandEdges[band + 1];
    }

    /// <summary>What 1 of the integers is, in the statistic's unit.</summary>
    private double UnitOf(StatisticKind kind)
    {
        return kind switch
        {
            StatisticKind.Mean or StatisticKind.Deviation => PerCount / SignalStatistics.FractionScale,
            StatisticKind.Variance => PerCount * PerCount,
            StatisticKind.PeakToPeak => PerCount,
            _ => 1,
        };
    }

    private static double LargestOf(StatisticKind kind)
    {
        return kind switch
        {
            StatisticKind.Mean or StatisticKind.Deviation => 1 << 23,
            StatisticKind.Variance => 1 << 30,
            StatisticKind.PeakToPeak => 1 << 16,
            _ => SignalStatistics.MostSamples,
        };
    }

    /// <summary>Integers become a feature: less the offset, divided by the scale.</summary>
    private void AddFeature(MotionStatistic statistic, Tensor integers, double unit, double largest)
    {
        double offset = Math.Round(statistic.Offset / unit);
        double least = (largest + Math.Abs(offset)) * unit * FeatureScale / MostRescaled;
        if (Math.Abs(offset) > MostInteger || statistic.Scale < least)
        {
            throw new SignalException(
                _source,
                $"The statistic \"{Name(statistic)}\" has the offset {Text(statistic.Offset)} and the scale {Text(statistic.Scale)}; allowed are offsets up to {Text(MostInteger * unit)} and, with this one, scales from {Text(least)} on.");
        }

        integers.Quantization = Quantization.PerTensor((float)(unit / statistic.Scale), (int)offset);
        Tensor feature = Add("feature " + Name(statistic), DataType.Int16, integers.Shape, new Quantize(), integers);
        feature.Quantization = Quantization.PerTensor(1f / FeatureScale, 0);
        _features.Add(feature);
    }

    private static string Name(MotionStatistic statistic)
    {
        return Json.Words.Of(statistic.Kind);
    }

    private static Tensor Integers(int[] values)
    {
        return new Tensor("constant", DataType.Int32, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private static Tensor Shorts(short[] values)
    {
        return new Tensor("constant", DataType.Int16, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private static string Text(double value)
    {
        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    private Tensor Add(string name, DataType type, int[] shape, Operation operation, params Tensor[] inputs)
    {
        Tensor output = new(name, type, [.. shape]);
        _graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }
}
