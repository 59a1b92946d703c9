using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;
using Google.Protobuf;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>What is read from a file, and what is said where it is malformed.</summary>
public sealed class OnnxReadingTests
{
    /// <summary>Types, the bytes of the elements 1 and 2, and what they are in the graph.</summary>
    public static TheoryData<int, byte[], string, byte[]> Stored => new()
    {
        { (int)ElementType.Float, [0, 0, 128, 63, 0, 0, 0, 64], nameof(DataType.Float32), [0, 0, 128, 63, 0, 0, 0, 64] },
        { (int)ElementType.Float16, [0, 0x3c, 0, 0x40], nameof(DataType.Float32), [0, 0, 128, 63, 0, 0, 0, 64] },
        { (int)ElementType.Bfloat16, [0x80, 0x3f, 0, 0x40], nameof(DataType.Float32), [0, 0, 128, 63, 0, 0, 0, 64] },
        { (int)ElementType.Double, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40], nameof(DataType.Float32), [0, 0, 128, 63, 0, 0, 0, 64] },
        { (int)ElementType.Int8, [1, 2], nameof(DataType.Int8), [1, 2] },
        { (int)ElementType.Uint8, [1, 2], nameof(DataType.UInt8), [1, 2] },
        { (int)ElementType.Int4, [0x21], nameof(DataType.Int4), [0x21] },
        { (int)ElementType.Uint4, [0x21], nameof(DataType.UInt8), [1, 2] },
        { (int)ElementType.Int16, [1, 0, 2, 0], nameof(DataType.Int16), [1, 0, 2, 0] },
        { (int)ElementType.Int32, [1, 0, 0, 0, 2, 0, 0, 0], nameof(DataType.Int32), [1, 0, 0, 0, 2, 0, 0, 0] },
        { (int)ElementType.Int64, [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0], nameof(DataType.Int64), [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Stored))]
    public void Elements_are_read_raw_and_from_their_fields(int type, byte[] raw, string expectedType, byte[] expected)
    {
        TensorProto stored = new() { DataType = type, RawData = ByteString.CopyFrom(raw) };
        TensorProto typed = new() { DataType = type };
        switch ((ElementType)type)
        {
            case ElementType.Float: typed.FloatData.Add([1, 2]); break;
            case ElementType.Double: typed.DoubleData.Add([1, 2]); break;
            case ElementType.Int64: typed.Int64Data.Add([1, 2]); break;
            case ElementType.Float16: typed.Int32Data.Add([0x3c00, 0x4000]); break;
            case ElementType.Bfloat16: typed.Int32Data.Add([0x3f80, 0x4000]); break;
            case ElementType.Int4 or ElementType.Uint4: typed.Int32Data.Add(0x21); break;
            default: typed.Int32Data.Add([1, 2]); break;
        }

        foreach (TensorProto tensor in new[] { stored, typed })
        {
            tensor.Dims.Add(2);
            TensorBytes.Check(tensor, "here");
            Assert.Equal(expectedType, TensorBytes.TypeOf(type).ToString());
            Assert.Equal(expected, TensorBytes.Of(tensor).ToArray());
        }
    }

    [Fact]
    public void Elements_that_are_too_few_are_malformed()
    {
        OnnxNetwork network = Small();
        network.Model.Graph.Initializer[0].RawData = ByteString.CopyFrom(1, 2, 3);

        Malformed(network.File(), "graph.initializer[0] 'constant0': found 3 bytes of raw_data; float[2] needs 8.");
    }

    [Fact]
    public void Shapes_that_overflow_are_malformed()
    {
        OnnxNetwork network = Small();
        network.Model.Graph.Initializer[0].Dims.Add([int.MaxValue, int.MaxValue, int.MaxValue]);

        Malformed(network.File(), "graph.initializer[0] 'constant0': found the shape [2,2147483647,2147483647,2147483647]");
    }

    [Fact]
    public void Files_without_graph_or_versions_are_malformed()
    {
        OnnxNetwork network = Small();
        network.Model.OpsetImport.Clear();
        Malformed(network.File(), "opset_import: found no version");
        network.Model.Graph = null;
        Malformed(network.File(), "graph: found none");
    }

    [Fact]
    public void A_length_beyond_the_end_names_the_field_and_the_byte()
    {
        byte[] file = Small().File();

        Malformed(file[..^1], "at byte", "does not end inside of");
    }

    [Fact]
    public void Fields_of_another_wire_type_are_malformed()
    {
        // ir_version 8, then producer_name as a number.
        Malformed([0x08, 8, 0x10, 1], "producer_name at byte 2: found wire type 0; it is no string.");
    }

    [Fact]
    public void Nested_blocks_of_numbers_are_whole()
    {
        // graph { initializer { float_data: a block of 3 bytes } }.
        Malformed([0x08, 8, 0x3a, 7, 0x2a, 5, 0x22, 3, 1, 2, 3], "graph.initializer[0].float_data[0] at byte 8: found a block that ends inside of a number");
    }

    [Fact]
    public void More_messages_than_can_be_held_are_malformed()
    {
        byte[] nodes = new byte[2 * (WireCheck.MostMessages + 1)];
        for (int i = 0; i < nodes.Length; i += 2)
        {
            nodes[i] = 0x0a;
        }

        using MemoryStream file = new();
        using (CodedOutputStream stream = new(file, leaveOpen: true))
        {
            stream.WriteTag(7, WireFormat.WireType.LengthDelimited);
            stream.WriteBytes(ByteString.CopyFrom(nodes));
        }

        Malformed(file.ToArray(), "found more than 1000000 messages");
    }

    [Fact]
    public void Unknown_fields_are_skipped()
    {
        byte[] file = [.. Small().File(), 0xfa, 0x3f, 3, 1, 2, 3];

        Assert.Single(OnnxModel.Parse(file).Graph.Node);
    }

    [Fact]
    public void The_format_is_told_by_content()
    {
        Assert.Equal("onnx", NetworkFile.Import(Small().File()).Importer);
        Assert.Equal("an ONNX file", NetworkFile.FormatOf(Small().File()));
        Assert.Null(NetworkFile.FormatOf("this is no network"u8));
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("PK\u0003\u0004", "ZIP archive")]
    [InlineData("{\"layers\": []}", "is text")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "git lfs pull")]
    public void Other_files_are_refused_naming_both_formats(string content, string expected)
    {
        UnknownFormatException exception = Assert.Throws<UnknownFormatException>(() => NetworkFile.Import(System.Text.Encoding.Latin1.GetBytes(content)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("TensorFlow Lite", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX", exception.Message, StringComparison.Ordinal);
    }

    private static OnnxNetwork Small()
    {
        OnnxNetwork network = new();
        return network.Output(network.Node("Add", [network.Input("x", 1, 2), network.Constant([1, 2], 2)]));
    }

    private static void Malformed(byte[] file, params string[] expected)
    {
        OnnxFormatException exception = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(file));

        Assert.All(expected, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }
}
