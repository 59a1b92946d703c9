using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>
/// Quantizes a float network by one recipe after the other, simulates each, and measures how close it is to the float network. Noise is
/// measured in the outputs; where a softmax makes one, in what goes into it: behind it there is hardly any until a class changes, and then
/// that one record is all of it.
/// </summary>
internal sealed class QuantizationMeter
{
    private readonly NetworkGraph _graph;
    private readonly ITensorRanges _ranges;
    private readonly SampleSet _samples;
    private readonly EvaluationOptions _options;
    private readonly RecordedSubject _reference;
    private readonly Tensor[] _measured;

    /// <summary>Runs the float network once.</summary>
    /// <param name="graph">The float network, simplified.</param>
    /// <param name="ranges">What values its activations take.</param>
    /// <param name="samples">The samples to measure on.</param>
    /// <param name="options">What is measured.</param>
    public QuantizationMeter(NetworkGraph graph, ITensorRanges ranges, SampleSet samples, EvaluationOptions options)
    {
        _graph = graph;
        _ranges = ranges;
        _samples = samples;
        _options = options with { Progress = null };
        _measured = [.. graph.Outputs.Select(output => BeforeSoftmax(graph, output))];
        GraphSubject subject = new("float", FloatExecutor.Of(graph), SubjectForm.Float, outputs: _measured);
        _reference = RecordedSubject.Of(subject, samples, null, options.Cancellation);
        Evaluation evaluation = Evaluator.Run(_reference, samples, _options);
        Metric = evaluation.Metric;
        Float = new Measurement(double.PositiveInfinity, evaluation.Points);
    }

    /// <summary>What points are; null where neither labels nor targets are known.</summary>
    public Metric? Metric { get; }

    /// <summary>The float network itself.</summary>
    public Measurement Float { get; }

    /// <summary>True if noise is measured before a node: it is a softmax that makes an output.</summary>
    public bool IsBehind(Node node)
    {
        return node.Operation is Softmax or LogSoftmax && Array.Exists(node.Outputs, _graph.Outputs.Contains);
    }

    /// <summary>Measures a quantized network.</summary>
    public Measurement Measure(QuantizedNetwork network)
    {
        Tensor[] measured = [.. _measured.Select(tensor => network.Tensors[tensor])];
        GraphSubject subject = new("quantized", FloatExecutor.Of(network.Graph), SubjectForm.Simulated, outputs: measured);
        Evaluation evaluation = Evaluator.Run(subject, _samples, _options, _reference);
        return new Measurement(evaluation.Agreement!.Decibels, evaluation.Points);
    }

    /// <summary>Quantizes and measures.</summary>
    public Measurement Measure(Recipe recipe)
    {
        return Measure(Quantizer.Run(_graph, recipe, _ranges));
    }

    private static Tensor BeforeSoftmax(NetworkGraph graph, Tensor output)
    {
        return graph.Producer(output) is { Operation: Softmax or LogSoftmax } node ? node.Input(0) : output;
    }
}
