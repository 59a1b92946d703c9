using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>
/// Finds what the quantization of each operator costs: quantizes it alone, and all but it. Then tries changes of recipe on the most costly ones
/// and keeps those that help. All networks are simulated, with one calibration.
/// </summary>
internal sealed class SensitivityAnalysis
{
    /// <summary>An operator with less of the noise than this is left as it is.</summary>
    private const double LeastShare = 0.03;

    /// <summary>Of what the best change buys, a cheaper one must buy so much.</summary>
    private const double GoodEnough = 0.8;

    /// <summary>Changes that leave more of the noise than this are not worth it.</summary>
    private const double WorthIt = 0.95;

    private readonly NetworkGraph _graph;
    private readonly Recipe _recipe;
    private readonly RepairScheme _repair;
    private readonly QuantizationMeter _meter;
    private readonly SensitivityOptions _options;
    private readonly QuantizedNetwork _quantized;
    private readonly int[] _operators;
    private int _done;

    private SensitivityAnalysis(NetworkGraph graph, Recipe recipe, ITensorRanges ranges, SampleSet samples, SensitivityOptions options)
    {
        _graph = graph;
        _recipe = recipe with { Repair = new RepairScheme() };
        _repair = recipe.Repair;
        _options = options;
        _meter = new QuantizationMeter(graph, ranges, samples, options.Evaluation with { Cancellation = options.Cancellation });
        _quantized = Quantizer.Run(graph, _recipe, ranges);
        _operators = [.. Enumerable.Range(0, graph.Nodes.Count).Where(HasCost)];
    }

    /// <summary>Analyses a network.</summary>
    /// <param name="graph">The float network, simplified.</param>
    /// <param name="recipe">How it is quantized; its repairs are not made for each measurement, and stay in the recipe that is suggested.</param>
    /// <param name="ranges">What values its activations take.</param>
    /// <param name="samples">The samples to measure on.</param>
    /// <param name="options">What the analysis is told.</param>
    /// <exception cref="UnsupportedNetworkException">The network cannot be quantized as the recipe says.</exception>
    /// <exception cref="EvaluationException">Samples and labels do not fit the network.</exception>
    public static SensitivityResult Run(NetworkGraph graph, Recipe recipe, ITensorRanges ranges, SampleSet samples, SensitivityOptions options)
    {
        SampleSet some = samples.Count > options.MostRecords ? samples.Select(Spread.Over(samples.Count, options.MostRecords)) : samples;
        return new SensitivityAnalysis(graph, recipe, ranges, some, options).Run(some);
    }

    private SensitivityResult Run(SampleSet samples)
    {
        Measurement quantized = Counted(() => _meter.Measure(_quantized));
        OperatorCost[] costs = [.. _operators.Select(position => Cost(position, quantized)).OrderByDescending(cost => cost.Share)];
        (IReadOnlyList<SuggestedChange> changes, Recipe suggestion) = Suggest(costs, quantized);
        return new SensitivityResult(samples.Source, samples.Count, _meter.Metric, _meter.Float, quantized, costs, changes, suggestion with { Repair = _repair });
    }

    /// <summary>True for operators that are quantized and do more than move elements.</summary>
    private bool HasCost(int position)
    {
        Node node = _graph.Nodes[position];
        OperatorScheme scheme = _quantized.Schemes[node];
        bool isFloat = scheme.Activations.Type == ActivationType.Float && (scheme.Weights.Encoding == WeightEncoding.Float || !HasWeights(node));
        return node.Operation is not MovementOperation && node.Outputs.Length > 0 && !isFloat && !_meter.IsBehind(node);
    }

    private static bool HasWeights(Node node)
    {
        return node.Inputs.Any(input => input is { IsConstant: true, Type: DataType.Float32, Rank: > 1 });
    }

    private OperatorCost Cost(int position, Measurement quantized)
    {
        Node node = _graph.Nodes[position];
        OperatorScheme scheme = _quantized.Schemes[node];
        Measurement alone = Counted(() => _meter.Measure(RecipeVariants.Only(_recipe, position, scheme)));
        Measurement allBut = Counted(() => _meter.Measure(RecipeVariants.AllBut(_recipe, position)));
        double noise = (alone.NoiseShare + Math.Max(0, quantized.NoiseShare - allBut.NoiseShare)) / 2;
        double share = quantized.NoiseShare > 0 ? noise / quantized.NoiseShare : 0;
        return new OperatorCost(position, node.Operation.Name, node.Outputs[0].Name, SchemeDescription.Of(scheme, HasWeights(node)), alone, allBut, share);
    }

    /// <summary>Adds changes for the most costly operators as long as they help.</summary>
    private (IReadOnlyList<SuggestedChange> Changes, Recipe Recipe) Suggest(OperatorCost[] costs, Measurement quantized)
    {
        List<SuggestedChange> changes = [];
        Recipe recipe = _recipe;
        Measurement now = quantized;
        foreach (OperatorCost cost in costs.Where(cost => cost.Share >= LeastShare).Take(_options.MostChanges))
        {
            if (IsGoodEnough(now))
            {
                break;
            }

            if (Best(recipe, cost, now) is (RecipeRule rule, Measurement after) && after.NoiseShare < now.NoiseShare * WorthIt)
            {
                changes.Add(new SuggestedChange(cost, SchemeDescription.Of(rule.Change), rule, after));
                recipe = recipe with { Rules = [.. recipe.Rules, rule] };
                now = after;
            }
        }

        return (changes, recipe);
    }

    private bool IsGoodEnough(Measurement measurement)
    {
        return _options.MostDrop is double most && _meter.Float.Points - measurement.Points <= most;
    }

    /// <summary>The cheapest change for an operator that buys almost what the best one does; null if there is nothing to change.</summary>
    private (RecipeRule Rule, Measurement After)? Best(Recipe recipe, OperatorCost cost, Measurement now)
    {
        Node node = _graph.Nodes[cost.Position];
        (RecipeRule Rule, Measurement After)[] tried =
        [
            .. SchemeCandidates.For(_quantized.Schemes[node], HasWeights(node)).Select(change =>
            {
                RecipeRule rule = RecipeVariants.RuleFor(_graph, cost.Position, change);
                return (rule, Try(recipe with { Rules = [.. recipe.Rules, rule] }));
            }).Where(pair => pair.Item2 is not null).Select(pair => (pair.rule, pair.Item2!.Value)),
        ];
        if (tried.Length == 0)
        {
            return null;
        }

        double most = tried.Max(pair => now.NoiseShare - pair.After.NoiseShare);
        return tried.First(pair => now.NoiseShare - pair.After.NoiseShare >= most * (most > 0 ? GoodEnough : 1));
    }

    /// <summary>Measures a recipe; null if it cannot be followed.</summary>
    private Measurement? Try(Recipe recipe)
    {
        try
        {
            return Counted(() => _meter.Measure(recipe));
        }
        catch (Exception exception) when (exception is UnsupportedNetworkException or RecipeException)
        {
            return null;
        }
    }

    private Measurement Counted(Func<Measurement> measure)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        Measurement measurement = measure();
        int all = (2 * _operators.Length) + 1;
        _done++;
        _options.Progress?.Report(_done <= all ? new PipelineProgress("measure operators", _done, all) : new PipelineProgress("try changes", _done - all, 0));
        return measurement;
    }
}
