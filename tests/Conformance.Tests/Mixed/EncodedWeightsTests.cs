using EdgeQuant.Conformance.Tests.Malformed;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>Transposed convolutions, LSTMs and SVDFs with weights of 4 bits or from a codebook, on every kernel set and the nano runtime.</summary>
public sealed class EncodedWeightsTests
{
    private const int Seeds = 40;
    private const int Records = 4;

    /// <summary>What scratch for weights takes at most, unless it is a single row.</summary>
    private const int MostScratch = 2048;

    public static TheoryData<string, string, string> Cases()
    {
        TheoryData<string, string, string> cases = [];
        foreach (string kind in Enum.GetNames<EncodedKind>())
        {
            foreach (string type in new[] { nameof(DataType.Int8), nameof(DataType.Int16) })
            {
                cases.Add(kind, type, nameof(WeightForm.Int4));
                cases.Add(kind, type, nameof(WeightForm.Shared));
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_give_the_bytes_of_the_same_values_in_8_bits(string kind, string data, string form)
    {
        int encoded = 0;
        int different = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            EncodedCase test = Case(seed, kind, data, form);
            byte[][] records = test.Records(Records);
            LoweredNetwork network = MixedRun.Lower(test.Graph(Form(form)));
            encoded += Encoded(network).Any() ? 1 : 0;

            byte[] expected = MixedRun.Outputs(MixedRun.Pack(MixedRun.Lower(test.Graph(WeightForm.Int8))), records);
            byte[] found = MixedRun.Outputs(MixedRun.Pack(network), records);

            Assert.True(expected.AsSpan().SequenceEqual(found), test.ToString());
            different += expected.Distinct().Count() > 2 ? 1 : 0;
        }

        Assert.True(encoded > Seeds / 4, $"only {encoded} were encoded");
        Assert.True(different > Seeds / 4, $"only {different} have different outputs");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Files_hold_no_expanded_weights_and_scratch_no_more_than_some_rows(string kind, string data, string form)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            LoweredOperator op = MixedRun.Lower(Case(seed, kind, data, form).Graph(Form(form))).Operators.Single();
            LoweredTensor[] scratch = [.. op.Scratch.Where(tensor => tensor.Type == ElementType.Int8)];
            LoweredTensor[] weights = [.. op.Inputs.OfType<LoweredTensor>().Where(tensor => tensor.Encoding != TensorEncoding.Dense)];
            foreach (LoweredTensor block in scratch.Take(weights.Length))
            {
                int row = block.Shape[^1];
                Assert.InRange(block.ByteLength, row, Math.Max(row, Math.Min(MostScratch, weights.Max(tensor => tensor.ElementCount))));
            }

            Assert.All(weights, tensor => Assert.True(tensor.ByteLength < tensor.ElementCount || tensor.ElementCount == 1));
            Assert.Equal(
                weights.Length > 0 && kind == nameof(EncodedKind.TransposedConvolution) ? OperatorKind.MixedTransposedConvolution.ToString() : kind,
                op.Kind.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Damaged_files_are_refused_or_run(string kind, string data, string form)
    {
        int seed = 0;
        while (!Encoded(MixedRun.Lower(Case(seed, kind, data, form).Graph(Form(form)))).Any())
        {
            seed++;
        }

        byte[] file = MixedRun.Pack(MixedRun.Lower(Case(seed, kind, data, form).Graph(Form(form))));
        Damage.EveryField(file);
        Damage.Mutate(file, 500, kind + data + form);
    }

    private static IEnumerable<LoweredTensor> Encoded(LoweredNetwork network)
    {
        return network.Operators.SelectMany(op => op.Inputs).OfType<LoweredTensor>().Where(tensor => tensor.Encoding != TensorEncoding.Dense);
    }

    private static WeightForm Form(string form)
    {
        return Enum.Parse<WeightForm>(form);
    }

    private static EncodedCase Case(int seed, string kind, string data, string form)
    {
        return new EncodedCase(seed, Enum.Parse<EncodedKind>(kind), Enum.Parse<DataType>(data), Form(form));
    }
}
