using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;
using Xunit;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>What a file says, piece by piece.</summary>
public sealed class TfliteReadingTests
{
    private readonly TfliteModel model = TfliteModel.Parse(SmallModel.Build().ToFile());

    private TfliteSubgraph Main => model.Subgraphs[0];

    [Fact]
    public void Model_has_description_metadata_and_subgraphs()
    {
        Assert.Equal("made by a test", model.Description);
        TfliteMetadata metadata = Assert.Single(model.Metadata);
        Assert.Equal("about", metadata.Name);
        Assert.Equal([9, 9], metadata.Data.ToArray());
        Assert.Equal("main, init", string.Join(", ", model.Subgraphs.Select(graph => graph.Name)));
        Assert.Equal([0], Main.Inputs);
        Assert.Equal([3], Main.Outputs);
    }

    [Fact]
    public void Operator_codes_join_the_old_byte_and_the_new_number()
    {
        Assert.Equal(
            [
                new(TfliteOperator.CONV_2D, 8, null),
                new(TfliteOperator.ADD, 1, null),
                new(TfliteOperator.CUSTOM, 1, "Fold"),
                new(TfliteOperator.CALL_ONCE, 1, null),
                new(TfliteOperator.VAR_HANDLE, 1, null),
            ],
            model.OperatorCodes);
        Assert.Equal("CONV_2D, ADD, Fold, CALL_ONCE, VAR_HANDLE", string.Join(", ", model.OperatorCodes.Select(code => code.Name)));
    }

    [Fact]
    public void Input_has_shape_quantization_and_no_data()
    {
        TfliteTensor tensor = Main.Tensors[0];
        Assert.Equal("data", tensor.Name);
        Assert.Equal(TfliteType.Int8, tensor.Type);
        Assert.Equal([1, 2, 2, 1], tensor.Shape);
        Assert.Equal([-1, 2, 2, 1], tensor.ShapeSignature);
        Assert.Equal(4, tensor.ElementCount);
        Assert.Null(tensor.Data);
        Assert.Equal([0.5f], tensor.Quantization!.Scales);
        Assert.Equal([-3L], tensor.Quantization.ZeroPoints);
        Assert.False(tensor.IsVariable);
        Assert.False(tensor.IsSparse);
    }

    [Fact]
    public void Int4_constant_packs_two_elements_a_byte()
    {
        TfliteTensor tensor = Main.Tensors[1];
        Assert.Equal(TfliteType.Int4, tensor.Type);
        Assert.Equal(3, tensor.ElementCount);
        Assert.Equal([0x21, 0x03], tensor.Data!.Value.ToArray());
        Assert.Equal([0.1f, 0.2f, 0.3f], tensor.Quantization!.Scales);
    }

    [Fact]
    public void State_and_sparse_tensors_are_marked()
    {
        Assert.Null(Main.Tensors[3].Data);
        Assert.True(Main.Tensors[4].IsVariable);
        Assert.Null(Main.Tensors[4].Quantization);
        Assert.True(Main.Tensors[5].IsSparse);
        Assert.Equal(2, Main.Tensors[5].Data!.Value.Length);
        Assert.Equal(1, model.Subgraphs[1].Tensors[0].ElementCount);
    }

    [Fact]
    public void Options_are_the_files_with_the_schemas_defaults_for_the_rest()
    {
        Assert.Equal(
            new Conv2DOptions(TflitePadding.Valid, 1, 2, TfliteActivation.Relu6, 1, 1, TfliteType.Int32), Main.Nodes[0].OptionsAs<Conv2DOptions>());
        Assert.Equal(new AddOptions(TfliteActivation.None, PowerOfTwoScaleInt16: true), Main.Nodes[1].OptionsAs<AddOptions>());
        Assert.Null(Main.Nodes[2].Options);
        Assert.Equal(1, Main.Nodes[3].OptionsAs<CallOnceOptions>().InitSubgraph);
        Assert.Equal(new VarHandleOptions("box", "größe"), Main.Nodes[4].OptionsAs<VarHandleOptions>());
    }

    [Fact]
    public void Operands_left_out_are_absent()
    {
        Assert.Equal([4, TfliteNode.Absent], Main.Nodes[1].Inputs);
        Assert.Equal([4], Main.Nodes[1].Outputs);
        Assert.Equal([3, TfliteNode.Absent], Main.Nodes[1].Intermediates);
    }

    [Fact]
    public void Custom_operator_has_its_own_bytes()
    {
        Assert.Equal([1, 2, 3], Main.Nodes[2].CustomOptions.ToArray());
        Assert.Equal(0, Main.Nodes[2].OptionsType);
        Assert.Equal(4, Main.Nodes[2].Options2Type);
    }

    [Fact]
    public void Constants_and_custom_options_may_stand_behind_the_tables()
    {
        byte[] tables = Outside(0, 0).ToFile();
        byte[] file = [.. Outside((ulong)tables.Length, 3).ToFile(), 5, 6, 7];

        TfliteSubgraph graph = TfliteModel.Parse(file).Subgraphs[0];
        Assert.Equal([5, 6, 7], graph.Tensors[0].Data!.Value.ToArray());
        Assert.Equal([5, 6, 7], graph.Nodes[0].CustomOptions.ToArray());

        TfliteFormatException error = Assert.Throws<TfliteFormatException>(() => TfliteModel.Parse(file.AsMemory(0, file.Length - 1)));
        Assert.Equal(
            $"buffers[0].offset: found 3 bytes from byte {tables.Length}; allowed: bytes 0 to {file.Length - 1}, the file's length.", error.Message);
    }

    private static TableBuilder Outside(ulong offset, ulong size)
    {
        TableBuilder node = Node(0, [], []).With(9, offset).With(10, size);
        return Model(
            [new TableBuilder().With(0, (sbyte)SmallModel.Custom)],
            [Subgraph([Tensor("constant", SmallModel.Int8, [3])], [], [], node)],
            [new TableBuilder().With(1, offset).With(2, size)]);
    }
}
