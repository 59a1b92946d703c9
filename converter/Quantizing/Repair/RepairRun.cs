using System.Diagnostics;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Makes the repairs that a recipe asks for, in their order: equalization of the float network, adaptive rounding, bias correction. Each is
/// fitted to three quarters of the samples and measured on the rest; automatically, only those are kept that help there.
/// </summary>
internal sealed class RepairRun
{
    private readonly Recipe _recipe;
    private readonly SampleSet _samples;
    private readonly SampleSplit _split;
    private readonly PipelineSteps _steps;
    private readonly OutputQuality _measure;
    private readonly List<RepairOutcome> _outcomes = [];
    private RepairCandidate _best;
    private Quality _quality;

    private RepairRun(NetworkGraph graph, Recipe recipe, SampleSet samples, IReadOnlyDictionary<Tensor, TensorRange> known, PipelineSteps steps)
    {
        _recipe = recipe;
        _samples = samples;
        _split = SampleSplit.Of(samples);
        _steps = steps;
        GraphCopy copy = GraphCopy.Of(graph);
        _best = new RepairCandidate(
            copy.Graph,
            copy.Tensors,
            Calibrated(copy.Graph, _split.Fit),
            known.Where(pair => copy.Tensors.ContainsKey(pair.Key)).ToDictionary(pair => copy.Tensors[pair.Key], pair => pair.Value),
            new Dictionary<Tensor, QuantizedWeights>());
        _measure = new OutputQuality(graph, _split.HeldOut, steps.Cancellation);
        _quality = Measure(_best);
    }

    /// <summary>Repairs and quantizes a float network.</summary>
    /// <param name="graph">The network, simplified; it stays as it is.</param>
    /// <param name="recipe">How it is quantized, and which repairs are made.</param>
    /// <param name="samples">The samples; with labels, accuracy counts too.</param>
    /// <param name="known">Ranges of activations that are known beforehand.</param>
    /// <param name="steps">What progress is told to, and what ends the work.</param>
    public static RepairResult Run(NetworkGraph graph, Recipe recipe, SampleSet samples, IReadOnlyDictionary<Tensor, TensorRange> known, PipelineSteps steps)
    {
        return new RepairRun(graph, recipe, samples, known, steps).Run();
    }

    private RepairResult Run()
    {
        RepairScheme scheme = _recipe.Repair;
        if (scheme.Auto || scheme.Equalization)
        {
            Try("equalization", scheme.Equalization, Equalized);
        }

        // The ranges of the final network come from all samples, and from the network as it is before its biases make up for roundings.
        RepairCandidate float32 = _best;
        if (scheme.Auto || scheme.AdaptiveRounding)
        {
            Try("adaptive rounding", scheme.AdaptiveRounding, Rounded);
        }

        if (scheme.Auto || scheme.BiasCorrection)
        {
            Try("bias correction", scheme.BiasCorrection, Corrected);
        }

        CalibrationStatistics statistics = Calibrated(float32.Graph, _samples);
        Dictionary<Tensor, Tensor> copies = float32.Tensors.ToDictionary(pair => pair.Value, pair => _best.Tensors[pair.Key]);
        _best = _best with { Statistics = MappedStatistics.Of(statistics, copies) };
        return new RepairResult(_best.Quantize(_recipe), _best.Statistics, _best.Ranges, _outcomes);
    }

    /// <summary>Makes a repair, measures it, and keeps it if it helps or was asked for by name.</summary>
    private void Try(string name, bool asked, Func<RepairCandidate, string, RepairCandidate> repair)
    {
        long start = Stopwatch.GetTimestamp();
        RepairCandidate repaired = repair(_best, name);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Quality quality = Measure(repaired);
        bool kept = (asked && !_recipe.Repair.Auto) || quality.IsBetterThan(_quality);
        _outcomes.Add(new RepairOutcome(name, kept, _quality.Decibels, quality.Decibels)
        {
            AccuracyBefore = Share(_quality),
            AccuracyAfter = Share(quality),
            Seconds = seconds,
        });
        if (kept)
        {
            (_best, _quality) = (repaired, quality);
        }
    }

    private RepairCandidate Equalized(RepairCandidate candidate, string name)
    {
        RepairCandidate copy = candidate.Copy();
        IReadOnlyDictionary<Node, OperatorScheme> schemes = RecipeMatcher.Schemes(copy.Graph, _recipe);
        IReadOnlyList<EqualizablePair> pairs = _steps.Run(
            name, () => Equalizer.Run(copy.Graph, node => schemes[node].Weights.PerChannel, tensor => copy.Statistics.Tensors[tensor]));
        if (pairs.Count == 0)
        {
            return candidate;
        }

        // A range that was known is that of the tensor as it was.
        HashSet<Tensor> changed = [.. pairs.SelectMany(pair => pair.Between)];
        return copy with
        {
            Statistics = Calibrated(copy.Graph, _split.Fit),
            Known = copy.Known.Where(pair => !changed.Contains(pair.Key)).ToDictionary(),
        };
    }

    private RepairCandidate Rounded(RepairCandidate candidate, string name)
    {
        int layers = AdaptiveRounding.Layers(candidate.Graph).Count;
        IReadOnlyDictionary<Tensor, QuantizedWeights> weights = _steps.Run(
            name, layers, progress => AdaptiveRounding.Run(candidate.Graph, _recipe, candidate.Ranges, _split.Fit, progress, _steps.Cancellation));
        return candidate with { Weights = weights };
    }

    private RepairCandidate Corrected(RepairCandidate candidate, string name)
    {
        RepairCandidate copy = candidate.Copy();
        return _steps.Run(name, BiasCorrection.Layers(copy.Graph).Count, progress =>
        {
            BiasCorrection.Run(copy.Graph, _recipe, copy.Ranges, copy.Weights, _split.Fit, progress, _steps.Cancellation);
            return copy;
        });
    }

    private CalibrationStatistics Calibrated(NetworkGraph graph, SampleSet samples)
    {
        return _steps.Run("calibrate", samples.Count, progress => Calibrator.Run(graph, samples, progress, _steps.Cancellation));
    }

    private Quality Measure(RepairCandidate candidate)
    {
        return _steps.Run("measure", () => _measure.Measure(candidate.Quantize(_recipe), tensor => candidate.Tensors[tensor]));
    }

    private double? Share(Quality quality)
    {
        return quality.RightCount is int right ? (double)right / _split.HeldOut.Count : null;
    }
}
