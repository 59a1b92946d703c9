using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>Products with data, weights and outputs of every width and encoding, on every kernel set and the nano runtime.</summary>
public sealed class MixedPrecisionTests
{
    private const int Seeds = 12;

    private static readonly DataType[] s_types = [DataType.Int8, DataType.Int16];

    [Fact]
    public void Every_mixture_is_what_its_definition_says()
    {
        int elements = 0;
        int clamped = 0;
        ForAll((test, data) =>
        {
            byte[] outputs = MixedRun.Outputs(MixedRun.Pack(MixedRun.Lower(test.Graph(test.Form))), data);
            int[] expected = MixedReference.Run(test, data);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(expected[i] == MixedCase.Element(outputs, test.OutputType, i), $"{test}: element {i}");
                elements++;
                clamped += expected[i] is 127 or -128 or 32767 or -32768 ? 1 : 0;
            }
        });
        Assert.True(clamped < elements / 4, $"{clamped} of {elements} are clamped");
    }

    [Fact]
    public void Weights_of_other_forms_give_the_bytes_of_the_same_values_in_8_bits()
    {
        ForAll((test, data) => Assert.Equal(
            MixedRun.Outputs(MixedRun.Pack(MixedRun.Lower(test.Graph(WeightForm.Int8))), data),
            MixedRun.Outputs(MixedRun.Pack(MixedRun.Lower(test.Graph(test.Form))), data)));
    }

    [Fact]
    public void Shared_weights_run_with_any_bits_and_any_block()
    {
        Random random = new(1);
        HashSet<int> run = [];
        ForAll((test, data) =>
        {
            if (test.Shared is not SharedWeights shared)
            {
                return;
            }

            int bits = random.Next(shared.IndexBits, 9);
            LoweredNetwork network = MixedRun.Lower(test.Graph(WeightForm.Int8));
            byte[] expected = MixedRun.Outputs(MixedRun.Pack(network), data);
            network = MixedRun.Lower(test.Graph(WeightForm.Int8));
            network.Operators[0] = Shared(network.Operators[0], test, bits, random);
            Assert.Equal(expected, MixedRun.Outputs(MixedRun.Pack(network), data));
            run.Add(bits);
        });
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], run.Order());
    }

    [Fact]
    public void The_converter_writes_shared_weights_as_the_specification_has_them_where_that_is_shorter()
    {
        int written = 0;
        ForAll((test, _) =>
        {
            if (test.Shared is not SharedWeights shared)
            {
                return;
            }

            LoweredTensor weights = MixedRun.Lower(test.Graph(WeightForm.Shared)).Operators[0].Inputs[1]!;
            byte[] specified = SharedBytes.Of(test, shared.IndexBits);
            Assert.Equal(specified.Length, SharedBytes.Length(test, shared.IndexBits));
            Assert.Equal(specified.Length < test.Weights.Length ? specified : (byte[])(object)test.Weights, weights.Data);
            Assert.Equal(specified.Length < test.Weights.Length ? TensorEncoding.Shared : TensorEncoding.Dense, weights.Encoding);
            written += weights.Encoding == TensorEncoding.Shared ? 1 : 0;
        });
        Assert.True(written > Seeds, $"only {written} were shared");
    }

    [Fact]
    public void Scratch_holds_half_of_the_weights_at_most_and_no_more_than_2_KB_if_a_row_does_not()
    {
        ForAll((test, _) =>
        {
            LoweredOperator op = MixedRun.Lower(test.Graph(test.Form)).Operators[0];
            LoweredTensor weights = op.Inputs[1]!;
            if (weights.Encoding == TensorEncoding.Dense || !op.Kind.ToString().StartsWith("Mixed", StringComparison.Ordinal))
            {
                return;
            }

            int row = test.Kind == ProductKind.Depthwise ? test.Weights.Length / test.DataShape[3] : test.Weights.Length / test.Channels;
            Assert.InRange(op.Scratch[0].ByteLength, 1, Math.Max(row, Math.Min(2048, (test.Weights.Length + row) / 2)));
        });
    }

    [Fact]
    public void Files_have_the_lowest_minor_version_that_has_what_is_in_them()
    {
        MixedCase test = new(1, ProductKind.FullyConnected, DataType.Int8, WeightForm.Shared, DataType.Int8);
        for (int seed = 2; SharedBytes.Length(test, test.Shared!.IndexBits) >= test.Weights.Length; seed++)
        {
            test = new MixedCase(seed, ProductKind.FullyConnected, DataType.Int8, WeightForm.Shared, DataType.Int8);
        }

        Assert.Equal(0, BitConverter.ToInt16(MixedRun.Pack(MixedRun.Lower(test.Graph(WeightForm.Int8))), ModelLayout.HeaderMinorVersion));
        Assert.Equal(1, BitConverter.ToInt16(MixedRun.Pack(MixedRun.Lower(test.Graph(WeightForm.Shared))), ModelLayout.HeaderMinorVersion));
    }

    /// <summary>The operator of a case with dense weights, with shared ones and a block of any size in place of them.</summary>
    private static LoweredOperator Shared(LoweredOperator dense, MixedCase test, int bits, Random random)
    {
        LoweredTensor weights = new()
        {
            Type = ElementType.Int8,
            Shape = test.WeightShape,
            Storage = TensorStorage.Constant,
            Encoding = TensorEncoding.Shared,
            Data = SharedBytes.Of(test, bits),
        };
        int step = test.Kind == ProductKind.Depthwise ? test.Channels / test.DataShape[3] : 1;
        int block = random.Next(1, (test.Channels / step) + 1) * step * (test.Weights.Length / test.Channels);
        LoweredTensor scratch = new() { Type = ElementType.Int8, Shape = [block], Storage = TensorStorage.Arena, Buffer = new LoweredBuffer { Bytes = block } };
        OperatorKind kind = test.Kind switch
        {
            ProductKind.Convolution => OperatorKind.MixedConvolution,
            ProductKind.Depthwise => OperatorKind.MixedDepthwiseConvolution,
            _ => OperatorKind.MixedFullyConnected,
        };
        return dense with { Kind = kind, Inputs = [dense.Inputs[0], weights, .. dense.Inputs.Skip(2)], Scratch = [scratch, .. dense.Scratch] };
    }

    private static void ForAll(Action<MixedCase, byte[]> check)
    {
        foreach (ProductKind kind in Enum.GetValues<ProductKind>())
        {
            foreach ((DataType data, DataType output) in s_types.SelectMany(data => s_types.Select(output => (data, output))))
            {
                foreach (WeightForm form in Enum.GetValues<WeightForm>())
                {
                    for (int seed = 0; seed < Seeds; seed++)
                    {
                        MixedCase test = new(seed, kind, data, form, output);
                        check(test, test.Data());
                    }
                }
            }
        }
    }
}
