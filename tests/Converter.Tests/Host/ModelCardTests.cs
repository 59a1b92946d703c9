using System.Text;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class ModelCardTests
{
    private static readonly string Good = Encoding.UTF8.GetString(ModelCardJson.Write(TinyGraph.FloatAtBothEnds().Convert().Card));

    [Fact]
    public void Card_comes_back_as_it_was_written()
    {
        Assert.Equal(Good, Encoding.UTF8.GetString(ModelCardJson.Write(Read(Good))));
    }

    [Fact]
    public void Card_of_an_ordinary_network_is_small()
    {
        Assert.InRange(Good.Length, 1, 1000);
    }

    [Fact]
    public void Lists_without_entries_are_left_out()
    {
        string card = Encoding.UTF8.GetString(ModelCardJson.Write(TinyGraph.Integer().Convert().Card));

        Assert.DoesNotContain("before", card, StringComparison.Ordinal);
        Assert.DoesNotContain("after", card, StringComparison.Ordinal);
        Assert.Empty(Read(card).Before);
        Assert.Throws<ModelFormatException>(() => Read(card[..^1] + ",\"before\":null}"));
    }

    [Fact]
    public void Card_names_its_source()
    {
        TinyGraph tiny = TinyGraph.Integer();
        ModelCard card = GraphConverter.Convert(tiny.Graph, "abc"u8, "test", new ConversionOptions { SourceName = "abc.bin" }).Card;

        Assert.Equal(("abc.bin", "test"), (card.Source.File, card.Source.Importer));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", card.Source.Sha256);
        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+$", card.Tool);
    }

    [Fact]
    public void Every_bit_of_a_scale_survives()
    {
        for (int exponent = 1; exponent < 255; exponent++)
        {
            float scale = BitConverter.Int32BitsToSingle((exponent << 23) | (exponent * 32771 & 0x7FFFFF));
            ModelCard card = Read(Good);
            HostTensor[] tensors = [.. card.Tensors.Select(tensor => tensor.Scale is null ? tensor : tensor with { Scale = scale })];
            ModelCard read = ModelCardJson.Read(ModelCardJson.Write(card with { Tensors = tensors }));
            Assert.All(read.Tensors, tensor => Assert.True(tensor.Scale is null || BitConverter.SingleToInt32Bits(tensor.Scale.Value) == BitConverter.SingleToInt32Bits(scale)));
        }
    }

    [Theory]
    [InlineData("\"tool\":", "\"tol\":")]
    [InlineData("\"tool\":\"", "\"tool\":\"\",\"tool\":\"")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[99]")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[-1]")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[0,0]")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[1]")]
    [InlineData("\"inputs\":[0]", "\"inputs\":null")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[0.5]")]
    [InlineData("\"inputs\":[0]", "\"inputs\":[4294967296]")]
    [InlineData("\"outputs\":[4]", "\"outputs\":[5]")]
    [InlineData("\"deviceInputs\":[1]", "\"deviceInputs\":[3]")]
    [InlineData("\"deviceInputs\":[1]", "\"deviceInputs\":[1,1]")]
    [InlineData("\"deviceOutputs\":[2]", "\"deviceOutputs\":[0]")]
    [InlineData("\"deviceOutputs\":[2]", "\"deviceOutputs\":[2,2]")]
    [InlineData("\"type\":\"float32\"", "\"type\":\"float33\"")]
    [InlineData("\"type\":\"float32\"", "\"type\":0")]
    [InlineData("\"type\":\"float32\"", "\"type\":\"string\"")]
    [InlineData("\"type\":\"float32\"", "\"type\":\"int8\"")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[1,0]")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[1,-4]")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[2147483647,2147483647]")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[65536,65536,65536,65536]")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[1,1,1,1,1,1,1,1,4]")]
    [InlineData("\"shape\":[1,4]", "\"shape\":[1,5]")]
    [InlineData("\"scale\":0.05", "\"scale\":0")]
    [InlineData("\"scale\":0.05", "\"scale\":-0.05")]
    [InlineData("\"scale\":0.05", "\"scale\":1e99")]
    [InlineData("\"scale\":0.05", "\"scale\":\"NaN\"")]
    [InlineData("\"scale\":0.05,", "")]
    [InlineData("\"beta\":1", "\"beta\":1e99")]
    [InlineData(",\"beta\":1", "")]
    [InlineData("\"operation\":\"quantize\"", "\"operation\":\"format\"")]
    [InlineData("\"operation\":\"quantize\"", "\"operation\":\"softmax\"")]
    [InlineData("\"operation\":\"quantize\"", "\"operation\":\"cast, reshape\"")]
    [InlineData("\"operation\":\"quantize\",\"inputs\":[0]", "\"operation\":\"quantize\",\"inputs\":[]")]
    [InlineData("\"operation\":\"quantize\",\"inputs\":[0]", "\"operation\":\"quantize\",\"inputs\":[0,0]")]
    [InlineData("\"operation\":\"quantize\",\"inputs\":[0]", "\"operation\":\"quantize\",\"inputs\":[2]")]
    [InlineData("\"before\":[", "\"before\":[null,")]
    [InlineData("\"tensors\":[", "\"tensors\":[null,")]
    [InlineData("\"sha256\":\"e", "\"sha256\":\"g")]
    [InlineData("\"sha256\":\"e", "\"sha256\":\"E")]
    [InlineData("{\"source\"", "[{\"source\"")]
    [InlineData("{\"source\"", "")]
    [InlineData("\"after\"", "\u0001")]
    public void Corrupt_card_is_refused_with_the_place(string found, string by)
    {
        Assert.Contains(found, Good, StringComparison.Ordinal);
        int at = Good.IndexOf(found, StringComparison.Ordinal);
        string corrupt = Good[..at] + by + Good[(at + found.Length)..];

        ModelFormatException error = Assert.Throws<ModelFormatException>(() => Read(corrupt));
        Assert.StartsWith("The model card", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
        {
            Assert.Throws<ModelFormatException>(() => Read(Good[..length]));
        }
    }

    [Fact]
    public void Card_with_any_byte_changed_is_refused_or_executed()
    {
        byte[] good = Encoding.UTF8.GetBytes(Good);
        Random random = new(1);
        int read = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            byte[] changed = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(1, 127);
            }

            try
            {
                ModelCard card = ModelCardJson.Read(changed);
                HostExecutor host = new(card.Tensors);
                host.Run(card.Before);
                host.Run(card.After);
                read++;
            }
            catch (ModelFormatException)
            {
                // Most are; names and numbers may be others.
            }
        }

        Assert.InRange(read, 1, 15_000);
    }

    [Fact]
    public void Too_many_bytes_of_tensors_together_are_refused()
    {
        ModelCard card = Read(Good);
        HostTensor large = new() { Type = DataType.Float32, Shape = [1024, 1024, 33] };

        Assert.Throws<ModelFormatException>(() => ModelCardJson.Read(ModelCardJson.Write(card with { Tensors = [.. card.Tensors, large, large] })));
        Assert.Throws<ModelFormatException>(() => ModelCardJson.Read(ModelCardJson.Write(card with
        {
            Tensors = [.. card.Tensors, large],
            Inputs = [.. card.Inputs, card.Tensors.Length],
            Outputs = [card.Tensors.Length, card.Tensors.Length],
        })));
    }

    private static ModelCard Read(string json)
    {
        return ModelCardJson.Read(Encoding.UTF8.GetBytes(json));
    }
}
