using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Subjects;

/// <summary>What is measured suits what a network gives: classes, its input again, or numbers.</summary>
public sealed class OutputKindTests
{
    private const int Records = 60;

    [Fact]
    public void A_row_of_several_values_are_scores()
    {
        (OutputKind kind, Agreement agreement) = Look(SmallNetworks.Layers(1, 6, 8, 5));
        Assert.Equal(OutputKind.Scores, kind);
        Assert.NotNull(agreement.SameTop1);
        Assert.Null(agreement.AnomalyScores);
    }

    [Fact]
    public void A_single_value_is_a_number()
    {
        (OutputKind kind, Agreement agreement) = Look(SmallNetworks.Layers(1, 6, 8, 1));
        Assert.Equal(OutputKind.Values, kind);
        Assert.Null(agreement.SameTop1);
        Assert.Null(agreement.AnomalyScores);
    }

    [Fact]
    public void An_output_of_the_input_s_shape_is_a_reconstruction_and_has_no_top_1()
    {
        (OutputKind kind, Agreement agreement) = Look(SmallNetworks.Layers(1, 6, 4, 6));
        Assert.Equal(OutputKind.Reconstruction, kind);
        Assert.Null(agreement.SameTop1);
        ScoreAgreement scores = agreement.AnomalyScores!;
        Assert.InRange(scores.RankCorrelation!.Value, 0.95, 1);
        Assert.InRange(scores.Other / scores.Reference, 0.9, 1.1);
        Assert.InRange(scores.LargestDifference, 1e-6, scores.Reference);
    }

    [Fact]
    public void What_a_softmax_makes_are_scores_whatever_the_input_s_shape()
    {
        NetworkGraph graph = SmallNetworks.Layers(1, 6, 8, 6);
        Tensor logits = graph.Outputs[0];
        Tensor probabilities = new("probabilities", DataType.Float32, [1, 6]);
        graph.Nodes.Add(new Node(new Softmax(1), [logits], [probabilities]));
        graph.Outputs[0] = probabilities;
        (OutputKind kind, Agreement agreement) = Look(graph);
        Assert.Equal(OutputKind.Scores, kind);
        Assert.NotNull(agreement.SameTop1);
        Assert.Null(agreement.AnomalyScores);
    }

    [Fact]
    public void What_is_measured_decides_where_somebody_says_it()
    {
        GraphSubject subject = SubjectFile.OfFloat("network", SmallNetworks.Layers(1, 6, 4, 6));
        Assert.Equal(OutputKind.Scores, OutputKinds.Of(subject, Metric.Accuracy));
        Assert.Equal(OutputKind.Values, OutputKinds.Of(subject, Metric.Regression));
        Assert.Equal(OutputKind.Reconstruction, OutputKinds.Of(subject, Metric.Auc));
        Assert.Equal(OutputKind.Reconstruction, OutputKinds.Of(subject, null));
    }

    /// <summary>The kind of a network's output and how far it agrees with its packed file; the float, simulated and packed network must be of one mind.</summary>
    private static (OutputKind Kind, Agreement Agreement) Look(NetworkGraph graph)
    {
        SampleSet samples = SmallNetworks.Samples(2, Records, graph.Inputs[0].ElementCount);
        ImportedNetwork network = new(graph, "test");
        QuantizedSubject packed = QuantizedSubject.Of("network", network, default, new QuantizationOptions { Samples = samples }, packed: true);
        Subject simulated = SubjectFile.OfQuantized("network", packed.Result.Network);
        OutputKind kind = OutputKinds.Of(packed.Float);
        Assert.Equal(kind, OutputKinds.Of(packed.Quantized));
        Assert.Equal(kind, OutputKinds.Of(simulated));
        Agreement agreement = Evaluator.Run(packed.Quantized, samples, new EvaluationOptions(), packed.Float).Agreement!;
        Agreement compared = Comparer.Run(packed.Float, packed.Quantized, samples, 0).Outputs;
        Assert.Equal(agreement.SameTop1, compared.SameTop1);
        Assert.Equal(agreement.AnomalyScores, compared.AnomalyScores);
        return (kind, agreement);
    }
}
