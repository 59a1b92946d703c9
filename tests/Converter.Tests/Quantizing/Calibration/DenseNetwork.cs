using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

/// <summary>A float network of two fully connected layers, and samples for it.</summary>
internal sealed class DenseNetwork
{
    public const int Features = 19;
    public const int Hidden = 11;
    public const int Classes = 3;

    public DenseNetwork()
    {
        Random random = new(7);
        Input = new Tensor("x", DataType.Float32, [1, Features]);
        Middle = new Tensor("hidden", DataType.Float32, [1, Hidden]);
        Output = new Tensor("scores", DataType.Float32, [1, Classes]);
        Graph.Inputs.Add(Input);
        Graph.Outputs.Add(Output);
        Graph.Nodes.Add(new Node(new FullyConnected(Activation.Relu), [Input, Constant(random, Hidden, Features), Constant(random, Hidden)], [Middle]));
        Graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [Middle, Constant(random, Classes, Hidden), null], [Output]));
    }

    public NetworkGraph Graph { get; } = new("dense");

    public Tensor Input { get; }

    public Tensor Middle { get; }

    public Tensor Output { get; }

    /// <summary>Normally distributed records from a fixed seed.</summary>
    public static SampleSet Samples(int records, int seed = 1)
    {
        Random random = new(seed);
        return new SampleSet([.. Enumerable.Range(0, records).Select(_ => new float[][] { [.. Enumerable.Range(0, Features).Select(_ => Normal(random))] })], "made");
    }

    /// <summary>A number of the standard normal distribution (Box and Muller 1958).</summary>
    public static float Normal(Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>Calibrates the network on samples.</summary>
    public CalibrationStatistics Calibrate(SampleSet samples)
    {
        return Calibrator.Run(Graph, samples, null, TestContext.Current.CancellationToken);
    }

    private static Tensor Constant(Random random, params int[] shape)
    {
        float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => Normal(random))];
        return new Tensor("constant", DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }
}
