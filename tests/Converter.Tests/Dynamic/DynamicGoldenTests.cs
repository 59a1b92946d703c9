using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Tests.Execute;
using EdgeQuant.Converter.Tests.Quantizing;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>Real networks whose activation ranges are found on the device, against the runtimes of their trainers.</summary>
public sealed class DynamicGoldenTests
{
    private static readonly Recipe s_dynamic = new() { Operators = OperatorScheme.Default with { Activations = new ActivationScheme(ActivationType.Dynamic) } };

    /// <summary>Networks without state: records of the others start anew, which the run of a file does not.</summary>
    public static TheoryData<string> Stateless => [.. FloatGolden.Names.Select(row => row.Data).Where(name => name != "tflm_mnist_lstm_fp32")];

    /// <summary>Networks without softmax, whose input has a fixed range.</summary>
    public static TheoryData<string> WithoutFixedRanges => [.. FloatGolden.Names.Select(row => row.Data).Where(name => name is "" or "mlperf_ad01_fp32")];

    [Theory]
    [MemberData(nameof(Stateless))]
    public void Outputs_are_about_as_close_as_with_the_ranges_of_the_very_samples(string name)
    {
        const double Worse = 4;
        const double Least = 20;
        FloatGolden golden = FloatGolden.Load(name);
        FloatPassList.Run(golden.Graph);

        double calibrated = Decibels(golden, golden.Samples, Recipe.Default);
        double found = Decibels(golden, golden.Samples, s_dynamic);

        Assert.True(found > Math.Max(Least, calibrated - Worse), $"{name}: {found} dB with ranges that are found, {calibrated} dB with those of the samples");
    }

    [Theory]
    [MemberData(nameof(WithoutFixedRanges))]
    public void Samples_that_do_not_show_the_range_do_no_harm_where_all_ranges_are_found(string name)
    {
        FloatGolden golden = FloatGolden.Load(name);
        FloatPassList.Run(golden.Graph);
        SampleSet quiet = golden.Samples with { Inputs = [.. golden.Samples.Inputs.Select(record => Array.ConvertAll(record, values => Array.ConvertAll(values, value => value / 10)))] };

        double clipped = Decibels(golden, quiet, Recipe.Default);
        double found = Decibels(golden, quiet, s_dynamic);

        Assert.True(clipped < 10, $"{clipped} dB with clipped ranges");
        Assert.True(found > 30, $"{found} dB with ranges that are found");
    }

    private static double Decibels(FloatGolden golden, SampleSet calibration, Recipe recipe)
    {
        QuantizedRun run = QuantizedRun.Of(GraphCopy.Of(golden.Graph).Graph, calibration, golden.Samples, recipe);
        return QuantizedRun.Decibels(golden.Outputs.SelectMany(values => values), run.Found.SelectMany(values => values));
    }
}
