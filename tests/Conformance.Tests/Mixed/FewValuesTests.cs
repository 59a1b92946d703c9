using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>Matrices large enough that kernels hold weights of few values two a byte, on every kernel set and the nano runtime.</summary>
public sealed class FewValuesTests
{
    private const int Seeds = 6;

    /// <summary>On Arm64 mostly an emulator executes this, which takes its time.</summary>
    private const int SeedsOnArm = 2;
    private const int Records = 2;

    /// <summary>Sets in plain code, which hold 8 bits or nothing.</summary>
    private static readonly string[] s_plain = ["scalar", "compact"];

    [Theory]
    [InlineData(nameof(WeightForm.Int4))]
    [InlineData(nameof(WeightForm.Shared))]
    public void Products_give_the_bytes_of_the_same_values_in_plain_code(string form)
    {
        ForEach(form, (random, weights) =>
        {
            int rows = random.Next(1, 3);
            int columns = random.Next(500, 1200);
            int outputs = (NibbleProduct.FewestWeights / columns) + random.Next(9);
            return Graph(random, new FullyConnected(Activation.None), [rows, columns], weights([outputs, columns]), [rows, outputs]);
        });
    }

    [Fact]
    public void Vector_kernels_hold_products_of_4_bits_as_small_as_the_file()
    {
        NetworkGraph graph = Graph(new Random(1), new FullyConnected(Activation.None), [1, 1024], Weights(new Random(1), nameof(WeightForm.Int4), 1, [1024, 1024]), [1, 1024]);
        byte[] file = MixedRun.Pack(MixedRun.Lower(graph));
        Assert.All(VectorSets(), kernels => Assert.InRange(Network.Load(file, kernels).HeldBytes, file.Length / 2, file.Length * 1.2));
    }

    private static KernelSet[] VectorSets()
    {
        return [.. KernelSets.All.Where(set => !s_plain.Contains(set.Name))];
    }

    private static void ForEach(string form, Func<Random, Func<int[], Tensor>, NetworkGraph> network)
    {
        for (int seed = 0; seed < (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? SeedsOnArm : Seeds); seed++)
        {
            Random random = new(seed);
            NetworkGraph graph = network(random, shape => Weights(random, form, random.Next(2) == 0 ? 1 : shape[0], shape));
            byte[][] records = [.. Enumerable.Range(0, Records).Select(_ => new byte[graph.Inputs[0].ElementCount])];
            Array.ForEach(records, random.NextBytes);

            byte[] outputs = MixedRun.Outputs(MixedRun.Pack(MixedRun.Lower(graph)), records);

            Assert.True(outputs.Distinct().Count() > 8, $"seed {seed}: outputs have {outputs.Distinct().Count()} values");
        }
    }

    private static NetworkGraph Graph(Random random, Operation operation, int[] shape, Tensor weights, int[] outputShape)
    {
        int channels = outputShape[^1];
        double spread = Math.Sqrt((double)weights.ElementCount / channels) * 75 * (weights.Type == DataType.Int4 ? 5 : 70);
        Tensor data = new("data", DataType.Int8, shape) { Quantization = Quantization.PerTensor(1f / 64, random.Next(-128, 128)) };
        Tensor output = new("output", DataType.Int8, outputShape) { Quantization = Quantization.PerTensor((float)(spread / 64 / 100 / 30), random.Next(-50, 50)) };
        Tensor? bias = random.Next(3) == 0
            ? null
            : new Tensor("bias", DataType.Int32, [channels]) { Data = IntegerConstant.Bytes(DataType.Int32, [.. Enumerable.Range(0, channels).Select(_ => (long)random.Next(-9999, 9999))]) };
        NetworkGraph graph = new("few values");
        graph.Inputs.Add(data);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(operation, [data, weights, bias], [output]));
        return graph;
    }

    /// <summary>Weights of 4 bits, or from codebooks of up to 16 entries, with or without 0, small and large.</summary>
    private static Tensor Weights(Random random, string form, int codebooks, int[] shape)
    {
        bool isInt4 = form == nameof(WeightForm.Int4);
        int largest = isInt4 ? 8 : random.Next(20, 128);
        SharedWeights? shared = isInt4
            ? null
            : new SharedWeights(
                [.. Enumerable.Range(0, codebooks).Select(_ => Enumerable.Range(0, random.Next(12, 17)).Select(_ => (sbyte)random.Next(-largest, largest)).Distinct().Order().ToArray())],
                0);
        sbyte[] values = new sbyte[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            sbyte[]? codebook = shared?.Codebooks[i / (values.Length / codebooks)];
            values[i] = codebook is null ? (sbyte)random.Next(-8, 8) : codebook[random.Next(codebook.Length)];
        }

        return new Tensor("weights", isInt4 ? DataType.Int4 : DataType.Int8, shape)
        {
            Data = isInt4 ? Int4Elements.Pack(values) : (byte[])(object)values,
            Shared = shared,
            Quantization = new Quantization([.. Enumerable.Range(0, shape[0]).Select(_ => 0.005f + (0.01f * random.NextSingle()))], new long[shape[0]], 0),
        };
    }
}
