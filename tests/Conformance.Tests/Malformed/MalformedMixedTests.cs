using EdgeQuant.Conformance.Tests.Mixed;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Malformed;

/// <summary>Damaged files with operators of mixed precision, and with weights that share values.</summary>
public sealed class MalformedMixedTests
{
    private const int Mutations = 1500;
    private const int WeightsInput = 1;

    public static TheoryData<string> Kinds => new(Enum.GetNames<ProductKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_may_hold_anything(string kind)
    {
        Damage.EveryField(MixedRun.Pack(MixedRun.Lower(Case(kind, oneCodebook: true).Graph(WeightForm.Shared))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_mutations_are_refused_or_run(string kind)
    {
        Damage.Mutate(MixedRun.Pack(MixedRun.Lower(Case(kind, oneCodebook: true).Graph(WeightForm.Shared))), Mutations, kind);
        Damage.Mutate(MixedRun.Pack(MixedRun.Lower(new MixedCase(1, Enum.Parse<ProductKind>(kind), DataType.Int16, WeightForm.Int4, DataType.Int8).Graph(WeightForm.Int4))), Mutations, kind);
        Damage.Mutate(MixedRun.Pack(MixedRun.Lower(new MixedCase(2, Enum.Parse<ProductKind>(kind), DataType.Int8, WeightForm.Int8, DataType.Int16).Graph(WeightForm.Int8))), Mutations, kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_byte_of_shared_weights_may_hold_anything(string kind)
    {
        foreach (bool oneCodebook in new[] { false, true })
        {
            byte[] file = Pack(Case(kind, oneCodebook), out int weights, out int length);
            byte[] damaged = new byte[file.Length];
            for (int at = weights; at < weights + length; at++)
            {
                foreach (int value in at < weights + ModelLayout.SharedData ? Enumerable.Range(0, 256) : [0, 1, 0x80, 0xFF])
                {
                    file.CopyTo(damaged, 0);
                    HostileFile.Write(damaged, at, 1, value);
                    HostileFile.IsRefused(damaged, $"byte {at - weights} of the weights set to {value}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Headers_that_do_not_fit_are_refused(string kind)
    {
        byte[] file = Pack(Case(kind, oneCodebook: true), out int weights, out _);
        foreach ((int field, int width, int[] values) in new (int, int, int[])[]
        {
            (ModelLayout.SharedBits, 1, [0, 1, 9, 255]),
            (ModelLayout.SharedLastEntry, 1, [0, 254, 255]),
            (ModelLayout.SharedCodebooks, 2, [0, 2, 65535]),
        })
        {
            foreach (int value in values)
            {
                byte[] damaged = (byte[])file.Clone();
                HostileFile.Write(damaged, weights + field, width, value);
                Assert.True(HostileFile.IsRefused(damaged, $"field {field} set to {value}"), $"field {field} set to {value}");
            }
        }
    }

    [Fact]
    public void Indices_beyond_the_codebook_and_bits_behind_a_row_are_refused()
    {
        // 5 entries in 3 bits; rows of 5 indices have one bit left.
        sbyte[] codebook = [-3, -1, 0, 4, 9];
        byte[] file = WithWeights([3, 4, 1, 0, .. (byte[])(object)codebook, 0b_0_100_011, 0b_0_001_0, 0, 0], [2, 5], out int weights);
        int indices = weights + ModelLayout.SharedData + codebook.Length;
        Network.Load(file);
        Refuses(file, indices, 0b_00_101_000, "none of the codebook's entries");
        Refuses(file, indices + 1, 0b_1000_0000, "bits behind a row");
        Refuses(file, indices + 3, 0b_0111_0000, "none of the codebook's entries");
    }

    private static void Refuses(byte[] file, int at, byte value, string reason)
    {
        byte[] damaged = (byte[])file.Clone();
        damaged[at] = value;
        Converter.Pack.ModelWriter.Seal(damaged);
        Assert.Contains(reason, Assert.Throws<ModelFormatException>(() => Network.Load(damaged)).Message, StringComparison.Ordinal);
    }

    /// <summary>A fully connected operator with the bytes of shared weights.</summary>
    private static byte[] WithWeights(byte[] bytes, int[] shape, out int offset)
    {
        Tensor data = new("data", DataType.Int8, [1, shape[1]]) { Quantization = Quantization.PerTensor(1, 0) };
        Tensor output = new("output", DataType.Int8, [1, shape[0]]) { Quantization = Quantization.PerTensor(1, 0) };
        Tensor weights = new("weights", DataType.Int8, shape) { Data = new byte[shape[0] * shape[1]], Quantization = Quantization.PerTensor(1, 0) };
        NetworkGraph graph = new("one");
        graph.Inputs.Add(data);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new Converter.Graph.Operations.FullyConnected(Activation.None), [data, weights], [output]));
        LoweredNetwork network = MixedRun.Lower(graph);
        LoweredOperator op = network.Operators[0];
        LoweredTensor shared = new() { Type = ElementType.Int8, Shape = shape, Storage = TensorStorage.Constant, Encoding = TensorEncoding.Shared, Data = bytes };
        LoweredTensor scratch = new() { Type = ElementType.Int8, Shape = [shape[1]], Storage = TensorStorage.Arena, Buffer = new LoweredBuffer { Bytes = shape[1] } };
        network.Operators[0] = op with { Kind = OperatorKind.MixedFullyConnected, Inputs = [op.Inputs[0], shared, .. op.Inputs.Skip(2)], Scratch = [scratch] };
        byte[] file = MixedRun.Pack(network);
        offset = Place(file, out _);
        return file;
    }

    private static byte[] Pack(MixedCase test, out int weights, out int length)
    {
        byte[] file = MixedRun.Pack(MixedRun.Lower(test.Graph(WeightForm.Shared)));
        weights = Place(file, out length);
        return file;
    }

    /// <summary>Where the shared tensor of a file lies.</summary>
    private static int Place(byte[] file, out int length)
    {
        ModelFile model = new(file);
        TensorTable tensors = new(model);
        TensorInfo tensor = Enumerable.Range(0, tensors.Count).Select(i => new TensorInfo(tensors, i)).Single(info => info.Encoding == TensorEncoding.Shared);
        length = tensor.ByteLength;
        return model.OffsetOf(SectionKind.Constants) + tensor.Offset;
    }

    /// <summary>A case with shared weights that are shorter than dense ones.</summary>
    private static MixedCase Case(string kind, bool oneCodebook)
    {
        for (int seed = 0; ; seed++)
        {
            MixedCase test = new(seed, Enum.Parse<ProductKind>(kind), DataType.Int8, WeightForm.Shared, DataType.Int8);
            if (test.Shared!.IsPerChannel != oneCodebook && MixedRun.Lower(test.Graph(WeightForm.Shared)).Operators[0].Inputs[WeightsInput]!.Encoding == TensorEncoding.Shared)
            {
                return test;
            }
        }
    }
}
