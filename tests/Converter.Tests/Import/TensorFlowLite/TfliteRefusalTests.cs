using System.Text;
using EdgeQuant.Converter.Import.TensorFlowLite;
using Xunit;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>What is refused, and how the message names it.</summary>
public sealed class TfliteRefusalTests
{
    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("abc", "text")]
    [InlineData("PK\x03\x04 and so on", "ZIP")]
    [InlineData("\x1f\u008b and so on", "gzip")]
    [InlineData("\u0089HDF and so on", "HDF5")]
    [InlineData("\x08\x0a\x12\x07pytorch", "ONNX")]
    [InlineData("\x1c\0\0\0TFL2", "schema version")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("unsigned char model[] = { 0x1c", "text")]
    [InlineData("\x01\x02\x03\x04\x05\x06\x07\x08", "the bytes 05060708")]
    public void Other_files_are_recognized(string start, string word)
    {
        TfliteFormatException error = Assert.Throws<TfliteFormatException>(() => TfliteModel.Parse(Encoding.Latin1.GetBytes(start)));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_schema_version_is_refused()
    {
        Assert.Matches(@"^version at byte \d+: found schema version 2; allowed: 3\.$", Refusal(SmallModel.Build().With(0, 2u)));
    }

    [Fact]
    public void File_without_subgraphs_is_refused()
    {
        Assert.Matches(@"^subgraphs at byte \d+: found none; allowed: 1 or more\.$", Refusal(Model([], [], [Buffer()])));
    }

    [Theory]
    [InlineData(new[] { 1, -2 }, @"^subgraphs\[0\]\.tensors\[0\]\.shape\[1\] at byte \d+: found -2; allowed: -1 to 2147483647\.$")]
    [InlineData(new[] { 65536, 65536 }, @"tensors\[0\]\.shape at byte \d+: found 4294967296 elements or more; allowed: up to 2147483647\.$")]
    [InlineData(new[] { -1, 2 }, @"shape at byte \d+: found an unknown extent; allowed: known extents only, for the tensor is a constant\.$")]
    [InlineData(new[] { 5 }, @"tensors\[0\]\.buffer at byte \d+: found 4 bytes of data; allowed: 5, for 5 elements of Int8\.$")]
    [InlineData(new[] { 0, 65536, 65536 }, @"found 4 bytes of data; allowed: 0, for 0 elements of Int8\.$")]
    public void Shape_that_does_not_fit_is_refused(int[] shape, string message)
    {
        Assert.Matches(message, Refusal(Constant(Tensor("constant", SmallModel.Int8, shape, 1))));
    }

    [Fact]
    public void Int4_constant_needs_half_a_byte_an_element()
    {
        Assert.Matches("found 4 bytes of data; allowed: 5, for 9 elements of Int4", Refusal(Constant(Tensor("constant", SmallModel.Int4, [9], 1))));
    }

    [Fact]
    public void Indices_out_of_range_are_refused()
    {
        Assert.Matches(@"tensors\[0\]\.buffer at byte \d+: found buffer 2; allowed: 0 to 1\.$", Refusal(Constant(Tensor("", SmallModel.Int8, [1], 2))));
        Assert.Matches(@"operators\[0\]\.opcode_index at byte \d+: found operator code 7; allowed: 0 to 0\.$", Refusal(WithNode(Node(7, [], []))));
        Assert.Matches(@"operators\[0\]\.inputs\[1\] at byte \d+: found tensor 1; allowed: -1 to 0\.$", Refusal(WithNode(Node(0, [0, 1], []))));
        Assert.Matches(@"operators\[0\]\.outputs\[0\] at byte \d+: found tensor -1; allowed: 0 to 0\.$", Refusal(WithNode(Node(0, [], [-1]))));
        Assert.Matches(
            @"metadata\[0\]\.buffer at byte \d+: found buffer 4; allowed: 0 to 3\.$",
            Refusal(SmallModel.Build().With(6, new[] { new TableBuilder().With(1, 4u) })));
    }

    [Fact]
    public void Subgraph_that_is_not_there_cannot_be_called()
    {
        TableBuilder node = Node(0, [], []).Options(103, new TableBuilder().With(0, 1));
        Assert.Matches(
            @"operators\[0\]\.builtin_options\.init_subgraph_index at byte \d+: found subgraph 1; allowed: 0 to 0\.$",
            Refusal(WithNode(node, SmallModel.CallOnce)));
    }

    [Fact]
    public void Options_of_another_operator_are_refused()
    {
        TableBuilder node = Node(0, [], []).Options(8, new TableBuilder());
        Assert.Matches(
            @"operators\[0\]\.builtin_options_type at byte \d+: found 8; allowed: 1 for CONV_2D, or 0 for the defaults\.$",
            Refusal(WithNode(node, SmallModel.Conv2D)));
    }

    [Theory]
    [InlineData(0, 2, @"builtin_options\.padding at byte \d+: found 2; allowed: 0 to 1\.$")]
    [InlineData(3, -1, @"builtin_options\.fused_activation_function at byte \d+: found -1; allowed: 0 to 5\.$")]
    public void Unknown_padding_or_activation_is_refused(int field, int value, string message)
    {
        TableBuilder node = Node(0, [], []).Options(1, new TableBuilder().With(field, (sbyte)value));
        Assert.Matches(message, Refusal(WithNode(node, SmallModel.Conv2D)));
    }

    [Theory]
    [InlineData("buffers")]
    [InlineData("long names")]
    [InlineData("operator codes")]
    [InlineData("operators")]
    [InlineData("options")]
    [InlineData("quantized tensors")]
    [InlineData("subgraphs")]
    [InlineData("tensors")]
    public void Parts_that_repeat_the_same_bytes_are_refused_before_they_grow(string parts)
    {
        byte[] file = Repetitive(parts).ToFile();

        Assert.False(HostileFile.Read(file, () => parts));
        Assert.Contains("over and over", Assert.Throws<TfliteFormatException>(() => TfliteModel.Parse(file)).Message, StringComparison.Ordinal);
    }

    /// <summary>A file in which a table stands once and is pointed at very often.</summary>
    private static TableBuilder Repetitive(string parts)
    {
        return parts switch
        {
            "buffers" => Model([], [Subgraph([], [], [])], Often(Buffer())),
            "long names" => Model([], [Subgraph(Often(Tensor(new string('x', 10_000), SmallModel.Int8, [1])), [], [])], [Buffer()]),
            "operator codes" => Model(Often(new TableBuilder().With(0, (sbyte)SmallModel.Custom).With(1, "a")), [Subgraph([], [], [])], []),
            "operators" => Model([Code(SmallModel.Conv2D)], [Subgraph([], [], [], Often(new TableBuilder()))], []),
            "options" => Model([Code(SmallModel.Conv2D)], [Subgraph([], [], [], Often(new TableBuilder().Options(1, new TableBuilder())))], []),
            "quantized tensors" => Model([], [Subgraph(Often(new TableBuilder().With(4, Quantization([1f], [0], 0))), [], [])], [Buffer()]),
            "subgraphs" => Model([], Often(new TableBuilder()), []),
            "tensors" => Model([], [Subgraph(Often(new TableBuilder()), [], [])], [Buffer()]),
            _ => throw new ArgumentException($"No file of many {parts}.", nameof(parts)),
        };
    }

    private static TableBuilder[] Often(TableBuilder part)
    {
        return [.. Enumerable.Repeat(part, 100_000)];
    }

    private static TableBuilder Constant(TableBuilder tensor)
    {
        return Model([], [Subgraph([tensor], [], [])], [Buffer(), Buffer(1, 2, 3, 4)]);
    }

    private static TableBuilder WithNode(TableBuilder node, int builtIn = SmallModel.Add)
    {
        return Model([Code(builtIn)], [Subgraph([Tensor("only", SmallModel.Int8, [1])], [], [], node)], [Buffer()]);
    }

    private static string Refusal(TableBuilder model)
    {
        return Assert.Throws<TfliteFormatException>(() => TfliteModel.Parse(model.ToFile())).Message;
    }
}
