using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class CalibrationWarningsTests
{
    private readonly DenseNetwork _network = new();

    [Fact]
    public void Good_samples_give_no_warning()
    {
        Assert.Empty(Of(DenseNetwork.Samples(600) with { Labels = Labels(600, i => i % 3) }));
    }

    [Fact]
    public void Few_samples_are_said_to_be_few()
    {
        CalibrationWarning warning = Assert.Single(Of(DenseNetwork.Samples(31)), warning => warning.Kind == CalibrationWarningKind.FewSamples);
        Assert.Contains("31 samples", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_that_have_not_settled_are_named()
    {
        SampleSet samples = DenseNetwork.Samples(400);
        foreach (float[][] record in samples.Inputs.Skip(300))
        {
            record[0] = [.. record[0].Select(value => value * 4)];
        }

        CalibrationWarning warning = Assert.Single(Of(samples), warning => warning.Kind == CalibrationWarningKind.MovingRanges);
        Assert.Contains("x", warning.Tensors, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(-1, 1, "lie outside")]
    [InlineData(0, 255, "lie outside")]
    [InlineData(-1000, 1000, "of its width")]
    public void An_input_off_its_declared_range_is_said_so(float minimum, float maximum, string found)
    {
        Recipe recipe = new() { Tensors = [new TensorRule("x") { Range = (minimum, maximum) }] };
        CalibrationWarning warning = Assert.Single(Of(DenseNetwork.Samples(100), recipe), warning => warning.Kind == CalibrationWarningKind.InputOffRange);
        Assert.Contains(found, warning.Message, StringComparison.Ordinal);
        Assert.Equal(["x"], warning.Tensors);
    }

    [Fact]
    public void An_input_in_its_declared_range_is_not()
    {
        Recipe recipe = new() { Tensors = [new TensorRule("x") { Range = (-8, 8) }] };
        Assert.DoesNotContain(Of(DenseNetwork.Samples(100), recipe), warning => warning.Kind == CalibrationWarningKind.InputOffRange);
    }

    [Fact]
    public void Tensors_that_never_change_are_named()
    {
        SampleSet zeros = new([.. Enumerable.Range(0, 40).Select(_ => new float[][] { new float[DenseNetwork.Features] })], "zeros");
        CalibrationWarning warning = Assert.Single(Of(zeros), warning => warning.Kind == CalibrationWarningKind.ConstantTensors);
        Assert.Equal(["x"], warning.Tensors);
    }

    [Fact]
    public void Classes_without_samples_and_rare_ones_are_named()
    {
        SampleSet samples = DenseNetwork.Samples(100);
        CalibrationWarning absent = Assert.Single(Of(samples with { Labels = Labels(100, i => i % 2) }), warning => warning.Kind == CalibrationWarningKind.AbsentClasses);
        Assert.Contains("class 2 of 3", absent.Message, StringComparison.Ordinal);
        CalibrationWarning rare = Assert.Single(Of(samples with { Labels = Labels(100, i => i < 4 ? i % 2 : 2) }), warning => warning.Kind == CalibrationWarningKind.UnbalancedClasses);
        Assert.Contains("Class 2 has 96 samples", rare.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_far_beyond_all_others_are_said_so()
    {
        SampleSet samples = DenseNetwork.Samples(1000);
        samples.Inputs[10][0][3] = 5000;
        CalibrationWarning warning = Assert.Single(Of(samples), warning => warning.Kind == CalibrationWarningKind.Outliers);
        Assert.Contains("x", warning.Tensors, StringComparer.Ordinal);
    }

    [Fact]
    public void Channels_that_never_change_are_counted()
    {
        NetworkGraph graph = new("image");
        Tensor input = new("image", DataType.Float32, [1, 1, 1, 8]);
        Tensor output = new("out", DataType.Float32, [1, 1, 1, 8]);
        graph.Inputs.Add(input);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new Converter.Graph.Operations.Unary(Converter.Graph.Operations.UnaryFunction.Relu), [input], [output]));
        Random random = new(5);
        SampleSet samples = new([.. Enumerable.Range(0, 64).Select(_ => new float[][] { [-1, -2, -3, -4, 1, random.NextSingle(), random.NextSingle(), random.NextSingle()] })], "made");
        CalibrationStatistics statistics = Calibrator.Run(graph, samples, null, TestContext.Current.CancellationToken);
        CalibrationWarning warning = Assert.Single(CalibrationWarnings.Of(graph, samples, statistics, Recipe.Default), warning => warning.Kind == CalibrationWarningKind.DeadChannels);
        Assert.Contains("5 of 8", warning.Message, StringComparison.Ordinal);
    }

    private static int[] Labels(int count, Func<int, int> label)
    {
        return [.. Enumerable.Range(0, count).Select(label)];
    }

    private IReadOnlyList<CalibrationWarning> Of(SampleSet samples, Recipe? recipe = null)
    {
        return CalibrationWarnings.Of(_network.Graph, samples, _network.Calibrate(samples), recipe ?? Recipe.Default);
    }
}
