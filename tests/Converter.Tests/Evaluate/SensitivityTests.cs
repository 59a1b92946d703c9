using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate;

/// <summary>Operators that are sensitive by construction are found, and what is suggested helps on the device.</summary>
public sealed class SensitivityTests
{
    private const int Width = 12;
    private const int Layers = 4;

    private static readonly SampleSet s_samples = SmallNetworks.Samples(5, 120, Width);

    public static TheoryData<int, int> Places => new(
        from layer in Enumerable.Range(0, Layers - 1)
        from seed in Enumerable.Range(1, 3)
        select (layer, seed));

    [Theory]
    [MemberData(nameof(Places))]
    public void Operators_on_both_sides_of_a_tensor_with_an_outlier_are_first(int layer, int seed)
    {
        // One channel of the tensor is a thousand times as large as the others, and has no weights behind it: all it does is to coarsen the others'
        // steps. The tensor is quantized with the operator that writes it as with the one that reads it.
        NetworkGraph graph = Network(seed);
        Scale(Weights(graph, layer), row: 3, factor: 1000);
        Scale(Numbers(graph.Nodes[layer].Input(2)), 3, 1, 1000);
        ClearColumn(Weights(graph, layer + 1), 3);
        SensitivityResult result = Analyse(graph, Recipe.Default);
        Assert.Equal([layer, layer + 1], result.Operators.OrderBy(cost => cost.Alone.Decibels).Take(2).Select(cost => cost.Position).Order());
        Assert.Contains(result.Operators[0].Position, new[] { layer, layer + 1 });
        RequireHelp(graph, Recipe.Default, result, 15);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_operator_whose_weights_have_an_outlier_is_first(int layer, int seed)
    {
        // A single large weight, for an input that is always zero, in a row that nobody reads: with one scale for all weights the others lose theirs.
        NetworkGraph graph = Network(seed);
        Recipe recipe = Recipe.Default with { Operators = new SchemeChange { WeightsPerChannel = false }.Apply(Recipe.Default.Operators) };
        if (layer == 0)
        {
            ClearColumn(Weights(graph, 0), 3);
        }
        else
        {
            Scale(Weights(graph, layer - 1), row: 3, factor: 0);
            Scale(Numbers(graph.Nodes[layer - 1].Input(2)), 3, 1, 0);
        }

        SampleSet samples = layer == 0 ? new SampleSet([.. s_samples.Inputs.Select(record => new[] { record[0].Select((value, i) => i == 3 ? 0 : value).ToArray() })], "samples") : s_samples;
        Weights(graph, layer)[(7 * Width) + 3] = 100;
        ClearColumn(Weights(graph, layer + 1), 7);
        SensitivityResult result = Analyse(graph, recipe, samples);
        RequireFirst(result, layer);
        Assert.Equal("weights per channel", result.Changes[0].Change);
        RequireHelp(graph, recipe, result, 10, samples);
    }

    [Fact]
    public void An_operator_with_fewer_bits_than_all_others_is_first()
    {
        NetworkGraph graph = Network(1);
        Recipe recipe = Recipe.Default with { Rules = [new RecipeRule(new SchemeChange { WeightEncoding = WeightEncoding.Codebook, IndexBits = 2, CodebookMethod = CodebookMethod.Linear }) { From = 2 }] };
        SensitivityResult result = Analyse(graph, recipe);
        RequireFirst(result, 2);
        RequireHelp(graph, recipe, result, 6);
    }

    [Fact]
    public void What_is_suggested_keeps_the_repairs_that_were_asked_for()
    {
        Recipe recipe = Recipe.Default with { Repair = new RepairScheme { BiasCorrection = true } };
        Assert.Equal(recipe.Repair, Analyse(Network(1), recipe).Suggestion.Repair);
    }

    private static NetworkGraph Network(int seed)
    {
        return SmallNetworks.Layers(seed, [.. Enumerable.Repeat(Width, Layers), 5]);
    }

    private static SensitivityResult Analyse(NetworkGraph graph, Recipe recipe, SampleSet? samples = null)
    {
        SampleSet some = samples ?? s_samples;
        QuantizationResult quantized = QuantizationPipeline.Run(GraphCopy.Of(graph).Graph, new QuantizationOptions { Recipe = recipe, Samples = some });
        return SensitivityAnalysis.Run(quantized.Network.Source, quantized.Recipe, quantized.Ranges, some, new SensitivityOptions { MostRecords = some.Count });
    }

    /// <summary>It is first by both measures: alone it makes most noise, and without it there is least.</summary>
    private static void RequireFirst(SensitivityResult result, int layer)
    {
        Assert.Equal(layer, result.Operators[0].Position);
        Assert.Equal(layer, result.Operators.MinBy(cost => cost.Alone.Decibels)!.Position);
        Assert.Equal(layer, result.Operators.MaxBy(cost => cost.AllBut.Decibels)!.Position);
        Assert.InRange(result.Operators[0].Share, 0.7, 1.3);
        Assert.Equal(layer, result.Changes[0].Operator.Position);
    }

    /// <summary>The packed files before and after: what was suggested raises the ratio by so much, and to what the analysis said.</summary>
    private static void RequireHelp(NetworkGraph graph, Recipe recipe, SensitivityResult result, double decibels, SampleSet? samples = null)
    {
        double before = Packed(graph, recipe, samples ?? s_samples);
        double after = Packed(graph, result.Suggestion, samples ?? s_samples);
        Assert.True(after > before + decibels, $"{before} dB, {after} dB with what was suggested: {string.Join(", ", result.Changes.Select(change => change.Change))}");
        Assert.InRange(after, result.Changes[^1].After.Decibels - 1.5, result.Changes[^1].After.Decibels + 1.5);
    }

    private static double Packed(NetworkGraph graph, Recipe recipe, SampleSet samples)
    {
        ImportedNetwork network = new(GraphCopy.Of(graph).Graph, "test");
        QuantizedSubject packed = QuantizedSubject.Of("network", network, default, new QuantizationOptions { Recipe = recipe, Samples = samples }, packed: true);
        return Evaluator.Run(packed.Quantized, samples, new EvaluationOptions(), packed.Float).Agreement!.Decibels;
    }

    private static Span<float> Weights(NetworkGraph graph, int layer)
    {
        return Numbers(graph.Nodes[layer].Input(1));
    }

    /// <summary>A constant's numbers, to change them.</summary>
    private static Span<float> Numbers(Tensor constant)
    {
        return MemoryMarshal.Cast<byte, float>(MemoryMarshal.AsMemory(constant.Data!.Value).Span);
    }

    private static void Scale(Span<float> weights, int row, float factor)
    {
        Scale(weights, row * Width, Width, factor);
    }

    private static void Scale(Span<float> values, int from, int count, float factor)
    {
        foreach (ref float value in values.Slice(from, count))
        {
            value *= factor;
        }
    }

    private static void ClearColumn(Span<float> weights, int column)
    {
        for (int i = column; i < weights.Length; i += Width)
        {
            weights[i] = 0;
        }
    }
}
