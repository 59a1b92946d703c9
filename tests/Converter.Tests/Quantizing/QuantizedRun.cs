using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>A float network, quantized and packed, on samples: what its outputs are and what they should be.</summary>
/// <param name="Network">The quantized network, before the passes of the conversion.</param>
/// <param name="Runner">The packed file.</param>
/// <param name="Expected">For each record the float network's outputs, one behind the other.</param>
/// <param name="Found">What the device gives.</param>
internal sealed record QuantizedRun(QuantizedNetwork Network, ModelRunner Runner, float[][] Expected, float[][] Found)
{
    /// <summary>The power of the outputs over that of their errors, in decibels.</summary>
    public double SignalToNoise => Decibels(Expected.SelectMany(values => values), Found.SelectMany(values => values));

    public static double Decibels(IEnumerable<float> expected, IEnumerable<float> found)
    {
        double signal = 0;
        double noise = 0;
        foreach ((float right, float value) in expected.Zip(found))
        {
            signal += (double)right * right;
            noise += ((double)right - value) * ((double)right - value);
        }

        return noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise);
    }

    /// <summary>Quantizes with the ranges of the samples, and runs them in their order.</summary>
    public static QuantizedRun Of(NetworkGraph graph, SampleSet samples, Recipe? recipe = null)
    {
        return Of(graph, samples, samples, recipe);
    }

    /// <summary>Quantizes with the ranges of some samples, and runs others in their order.</summary>
    public static QuantizedRun Of(NetworkGraph graph, SampleSet calibration, SampleSet samples, Recipe? recipe = null)
    {
        SampledRanges ranges = SampledRanges.Of(graph, calibration);
        QuantizedNetwork network = Quantizer.Run(graph, recipe ?? Recipe.Default, ranges);
        ConversionResult converted = GraphConverter.Convert(GraphCopy.Of(network.Graph).Graph, [], "test", new ConversionOptions());
        ModelRunner runner = ModelRunner.Load(converted.File);
        runner.Reset();
        float[][] found = [.. samples.Inputs.Select(record => Run(runner, record))];
        return new QuantizedRun(network, runner, Floats(graph, samples), found);
    }

    private static float[][] Floats(NetworkGraph graph, SampleSet samples)
    {
        float[][] outputs = new float[samples.Count][];
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => outputs[record] = [.. graph.Outputs.SelectMany(output => workspace[output].ToArray())]);
        return outputs;
    }

    private static float[] Run(ModelRunner runner, float[][] record)
    {
        byte[] bytes = MemoryMarshal.AsBytes(record.SelectMany(values => values).ToArray().AsSpan()).ToArray();
        byte[] result = new byte[runner.OutputBytes];
        runner.Run(bytes, result);
        return MemoryMarshal.Cast<byte, float>(result).ToArray();
    }
}
