using EdgeQuant.Converter;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>What each operator of a network gives for record 0, where the reference recorded it.</summary>
public sealed class LayerConformanceTests
{
    /// <summary>Operators that passes take away: what they made exists in the memory of another tensor, or not at all.</summary>
    private static readonly string[] s_folded = ["RESHAPE", "PAD"];

    public static TheoryData<string> Names => ConvertedGolden.NetworkNames();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_layer_is_the_reference_s(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        ConversionResult conversion = ConvertedGolden.Convert(golden);
        ModelRunner runner = ModelRunner.Load(conversion.File);
        runner.SetInputs(golden.Inputs.AsSpan(0, runner.InputBytes));
        Dictionary<int, byte[]> found = Run(runner.Network, conversion);
        int compared = 0;
        foreach (GoldenLayer layer in golden.Layers())
        {
            if (found.TryGetValue(layer.Tensor, out byte[]? bytes))
            {
                Assert.Equal(layer.Bytes, bytes);
                compared++;
            }
            else
            {
                Assert.Contains(layer.OperatorName, s_folded, StringComparer.Ordinal);
            }
        }

        Assert.True(golden.Layers().Count == 0 || compared >= golden.Layers().Count / 2, $"{compared} of {golden.Layers().Count} layers were compared");
    }

    /// <summary>Steps through the operators; the bytes of every tensor right after it was written, by its index in the source.</summary>
    private static Dictionary<int, byte[]> Run(Network network, ConversionResult conversion)
    {
        Dictionary<int, byte[]> found = [];
        for (int i = 0; i < network.OperatorCount; i++)
        {
            network.InvokeOperator(i);
            foreach (LoweredTensor output in conversion.Network.Operators[i].Outputs)
            {
                if (output is { Storage: TensorStorage.Arena, Source.SourceIndex: >= 0 })
                {
                    ReadOnlySpan<sbyte> bytes = network.Arena.AsSpan(output.Buffer!.Offset + output.Offset, output.ByteLength);
                    found[output.Source.SourceIndex] = (byte[])(object)bytes.ToArray();
                }
            }
        }

        return found;
    }
}
