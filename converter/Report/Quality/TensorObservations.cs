using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What is known of the tensors of a float network that was quantized: how values are spread, what is clipped, how far they are off.</summary>
internal sealed class TensorObservations
{
    private const string FoundOnDevice = "found on the device, for each inference anew";

    private readonly QuantizationResult _result;
    private readonly GraphCopy _lowered;
    private readonly Dictionary<string, ErrorFigures> _errors = new(StringComparer.Ordinal);

    private TensorObservations(ConversionResult conversion, NetworkComparison? comparison)
    {
        _result = conversion.Quantization!;
        _lowered = conversion.Lowered!;
        foreach (LayerDifference layer in comparison?.Layers ?? [])
        {
            _errors.TryAdd(layer.Values.Name, new ErrorFigures(layer.Values.Decibels, layer.Values.Cosine, layer.Values.LargestError));
        }
    }

    /// <summary>Gathers what is known, by the tensors of the graph that was converted.</summary>
    /// <param name="conversion">The conversion of a float network.</param>
    /// <param name="comparison">The float network against the packed file, layer by layer; null if they were not compared.</param>
    public static IReadOnlyDictionary<Tensor, TensorObservation> Of(ConversionResult conversion, NetworkComparison? comparison)
    {
        return new TensorObservations(conversion, comparison).Run();
    }

    private Dictionary<Tensor, TensorObservation> Run()
    {
        Dictionary<Tensor, TensorObservation> observations = [];
        foreach ((Tensor source, Tensor quantized) in _result.Network.Tensors)
        {
            if (_lowered.Tensors.TryGetValue(quantized, out Tensor? tensor) && (source.IsConstant ? OfConstant(source, tensor) : OfActivation(source, tensor)) is TensorObservation observation)
            {
                observations.TryAdd(tensor, observation);
            }
        }

        return observations;
    }

    private static TensorObservation? OfConstant(Tensor source, Tensor quantized)
    {
        if (source.Type != DataType.Float32 || quantized.Quantization is null || ConstantValues.Of(source) is not float[] values || HistogramFigures.Of(values) is not HistogramFigures histogram)
        {
            return null;
        }

        float[]? kept = ConstantValues.Of(quantized);
        Difference? error = kept?.Length == values.Length ? Difference.Of(values, kept, 0) : null;
        return new TensorObservation
        {
            Histogram = histogram,
            Observed = new ValueRange(histogram.Minimum, histogram.Maximum),
            Error = error is Difference known ? new ErrorFigures(known.Decibels, known.Cosine, known.Largest) : null,
        };
    }

    private TensorObservation OfActivation(Tensor source, Tensor quantized)
    {
        TensorStatistics? statistics = _result.Statistics?.Tensors.GetValueOrDefault(source);
        TensorObservation observation = new()
        {
            Histogram = statistics is null ? null : Spread(statistics),
            Observed = statistics is null ? null : new ValueRange(statistics.Minimum, statistics.Maximum),
            RangeMethod = quantized.Type is DataType.Int8 or DataType.Int16 && quantized.Quantization is null ? FoundOnDevice : Method(source),
            Error = _errors.GetValueOrDefault(source.Name),
        };
        return statistics is not null && QuantizedRange.Of(quantized) is ValueRange range
            ? observation with
            {
                ClippedBelow = statistics.Outside((float)range.Minimum, float.PositiveInfinity),
                ClippedAbove = statistics.Outside(float.NegativeInfinity, (float)range.Maximum),
            }
            : observation;
    }

    private string? Method(Tensor source)
    {
        TensorRule? rule = RecipeMatcher.RuleOf(source, _result.Recipe);
        if (rule?.Range is not null)
        {
            return "set by the recipe";
        }

        Node? producer = _result.Network.Source.Producer(source) ?? _result.Network.Source.Consumers(source).FirstOrDefault();
        CalibrationScheme? scheme = rule?.Calibration ?? (producer is null ? null : _result.Network.Schemes[producer].Calibration);
        return scheme is null ? null : SchemeDescription.Of(scheme);
    }

    /// <summary>The counts in bins of one width.</summary>
    private static HistogramFigures Spread(TensorStatistics statistics)
    {
        const int Bins = 64;
        double width = (double)statistics.Maximum - statistics.Minimum;
        long[] counts = new long[width > 0 ? Bins : 1];
        foreach (HistogramBin bin in statistics.Bins)
        {
            int position = width > 0 ? (int)((bin.Middle - (double)statistics.Minimum) / width * Bins) : 0;
            counts[Math.Clamp(position, 0, counts.Length - 1)] += bin.Count;
        }

        return new HistogramFigures(statistics.Minimum, statistics.Maximum, counts);
    }
}
