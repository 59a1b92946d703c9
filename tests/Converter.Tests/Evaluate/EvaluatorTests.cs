using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate;

/// <summary>What is measured of which network, against what its outputs say.</summary>
public sealed class EvaluatorTests
{
    private const int Records = 150;

    [Fact]
    public void Labels_that_the_network_gives_itself_are_all_right()
    {
        Subject subject = Subject(SmallNetworks.Layers(1, 6, 8, 5));
        SampleSet samples = SmallNetworks.Samples(2, Records, 6);
        samples = samples with { Labels = Outputs(subject, samples, output => Ranking.Best(output)) };
        Evaluation evaluation = Evaluator.Run(subject, samples, new EvaluationOptions { TopK = 2 });
        Assert.Equal(Metric.Accuracy, evaluation.Metric);
        Assert.Equal(100, evaluation.Points);
        Assert.Equal(1, evaluation.Classification!.TopK);
        int[] wrong = [.. samples.Labels!.Select((label, i) => i % 3 == 0 ? (label + 1) % 5 : label)];
        Assert.Equal(200.0 / 3, Evaluator.Run(subject, samples with { Labels = wrong }, new EvaluationOptions()).Points!.Value, 1e-9);
    }

    [Fact]
    public void Outputs_of_the_input_s_shape_are_reconstructions()
    {
        Subject subject = Subject(SmallNetworks.Identity(4, gain: 0.5f));
        SampleSet samples = SmallNetworks.Samples(3, Records, 4);
        double[] power = [.. samples.Inputs.Select(record => record[0].Average(value => (double)value * value))];
        double middle = power.Order().ElementAt(Records / 2);
        samples = samples with { Labels = [.. power.Select(value => value >= middle ? 1 : 0)] };
        Evaluation evaluation = Evaluator.Run(subject, samples, new EvaluationOptions());
        Assert.Equal(Metric.Auc, evaluation.Metric);
        Assert.Equal(AnomalyScore.ReconstructionError, evaluation.Anomaly!.Score);
        Assert.Equal(1, evaluation.Anomaly.Area, 1e-12);
        Assert.Equal(Records / 2, evaluation.Anomaly.Positives);
    }

    [Fact]
    public void Records_in_a_row_can_make_one_score()
    {
        Subject subject = Subject(SmallNetworks.Identity(1, gain: 1));
        float[] values = [5, 0, 1, 1, 0, 3, 2, 2];
        SampleSet samples = new([.. values.Select(value => new[] { new[] { value } })], "samples") { Labels = [1, 1, 0, 0, 0, 0, 1, 1] };
        Evaluation evaluation = Evaluator.Run(subject, samples, new EvaluationOptions { Metric = Metric.Auc, RecordsPerScore = 2 });
        Assert.Equal(4, evaluation.Anomaly!.Scores);
        Assert.Equal(AnomalyScore.Output, evaluation.Anomaly.Score);
        Assert.Equal(1, evaluation.Anomaly.Area, 1e-12);
        Fails("both labels", () => Evaluator.Run(subject, samples, new EvaluationOptions { Metric = Metric.Auc, RecordsPerScore = 3 }));
    }

    [Fact]
    public void Targets_make_a_regression()
    {
        Subject subject = Subject(SmallNetworks.Identity(2));
        SampleSet samples = SmallNetworks.Samples(4, Records, 2);
        samples = samples with { Targets = [.. samples.Inputs.Select(record => new[] { record[0][0] + 1, record[0][1] - 1 })] };
        Evaluation evaluation = Evaluator.Run(subject, samples, new EvaluationOptions());
        Assert.Equal(Metric.Regression, evaluation.Metric);
        Assert.Equal(1, evaluation.Regression!.MeanAbsoluteError, 1e-6);
        Assert.Equal(1, evaluation.Regression.LargestError, 1e-6);
    }

    [Fact]
    public void A_network_agrees_with_itself_and_not_with_another()
    {
        NetworkGraph graph = SmallNetworks.Layers(1, 6, 8, 5);
        SampleSet samples = SmallNetworks.Samples(2, Records, 6);
        Agreement same = Evaluator.Run(Subject(graph), samples, new EvaluationOptions(), Subject(graph)).Agreement!;
        Assert.Equal(1, same.SameTop1);
        Assert.Equal(double.PositiveInfinity, same.Decibels);
        Agreement other = Evaluator.Run(Subject(SmallNetworks.Layers(9, 6, 8, 5)), samples, new EvaluationOptions(), Subject(graph)).Agreement!;
        Assert.InRange(other.SameTop1!.Value, 0, 0.9);
        Assert.InRange(other.Outputs[0].Decibels, -20, 10);
    }

    [Fact]
    public void Figures_are_the_same_to_the_bit_in_every_run()
    {
        Subject subject = Subject(SmallNetworks.Layers(1, 6, 8, 5));
        Subject other = Subject(SmallNetworks.Layers(5, 6, 8, 5));
        SampleSet samples = SmallNetworks.Samples(2, 500, 6);
        Agreement[] runs = [.. Enumerable.Range(0, 4).Select(_ => Evaluator.Run(subject, samples, new EvaluationOptions(), other).Agreement!)];
        Assert.All(runs, run => Assert.Equal(runs[0].Outputs[0] with { Shape = [] }, run.Outputs[0] with { Shape = [] }));
    }

    [Fact]
    public void What_does_not_fit_together_is_said()
    {
        Subject subject = Subject(SmallNetworks.Layers(1, 6, 8, 5));
        SampleSet samples = SmallNetworks.Samples(2, 3, 6);
        EvaluationOptions options = new();
        Fails("Record 0 of samples has 4 values", () => Evaluator.Run(subject, SmallNetworks.Samples(2, 3, 4), options));
        Fails("no records", () => Evaluator.Run(subject, samples.First(0), options));
        Fails("2 labels and 3 records", () => Evaluator.Run(subject, samples with { Labels = [0, 1] }, options));
        Fails("Label 1 of samples is 5; allowed are 0 to 4", () => Evaluator.Run(subject, samples with { Labels = [0, 5, 1] }, options));
        Fails("Label 0 of samples is -1", () => Evaluator.Run(subject, samples with { Labels = [-1, 2, 1] }, options));
        Fails("--labels", () => Evaluator.Run(subject, samples, options with { Metric = Metric.Accuracy }));
        Fails("--targets", () => Evaluator.Run(subject, samples, options with { Metric = Metric.Regression }));
        Fails("Target 2 of samples has 1 values", () => Evaluator.Run(subject, samples with { Targets = [new float[5], new float[5], new float[1]] }, options));
        Fails("neither", () => Evaluator.Run(subject, samples with { Labels = [0, 1, 1] }, options with { Metric = Metric.Auc }));
        Fails("no versions of one", () => Evaluator.Run(subject, samples, options, Subject(SmallNetworks.Layers(1, 6, 8, 4))));
        Subject scores = Subject(SmallNetworks.Layers(1, 6, 1));
        Fails("Label 2 of samples is 2", () => Evaluator.Run(scores, samples with { Labels = [0, 1, 2] }, options));
        Fails("All labels of samples are 1", () => Evaluator.Run(scores, samples with { Labels = [1, 1, 1] }, options));
        Fails("one row of scores", () => Evaluator.Run(scores, samples with { Labels = [0, 1, 0] }, options with { Metric = Metric.Accuracy }));
    }

    private static GraphSubject Subject(NetworkGraph graph)
    {
        return SubjectFile.OfFloat("network", graph);
    }

    private static T[] Outputs<T>(Subject subject, SampleSet samples, Func<float[], T> of)
    {
        SubjectRun run = subject.NewRun(observed: false);
        return
        [
            .. samples.Inputs.Select(record =>
            {
                run.Run(record);
                return of(run.Output(0).ToArray());
            }),
        ];
    }

    private static void Fails(string message, Func<object> run)
    {
        Assert.Contains(message, Assert.Throws<EvaluationException>(run).Message, StringComparison.Ordinal);
    }
}
