using System.Text.Json;
using EdgeQuant.Converter.Import.TensorFlowLite;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Real files, against what their descriptions say of them.</summary>
public sealed class TfliteModelTests
{
    [Theory]
    [MemberData(nameof(SourceModels.All), MemberType = typeof(SourceModels))]
    public void Real_file_is_read_with_known_operators_and_types(string name)
    {
        var model = TfliteModel.Parse(SourceModels.Read(name));

        Assert.All(model.OperatorCodes, code => Assert.True(Enum.IsDefined(code.Operator), code.Name));
        Assert.All(model.Subgraphs.SelectMany(graph => graph.Tensors), tensor => Assert.True(Enum.IsDefined(tensor.Type), tensor.Name));
        Assert.All(model.Subgraphs, graph => Assert.NotEmpty(graph.Nodes));
        Assert.NotEmpty(model.Subgraphs[0].Inputs);
        Assert.NotEmpty(model.Subgraphs[0].Outputs);
    }

    [Theory]
    [MemberData(nameof(SourceModels.Described), MemberType = typeof(SourceModels))]
    public void Network_has_the_operators_that_its_description_counts(string name)
    {
        var model = TfliteModel.Parse(SourceModels.Read(name));
        using JsonDocument description = Describe(name);

        IEnumerable<string> expected = description.RootElement.GetProperty("ops").EnumerateObject()
            .Select(count => $"{count.Value} {count.Name}")
            .Order(StringComparer.Ordinal);
        IEnumerable<string> found = model.Subgraphs.SelectMany(graph => graph.Nodes)
            .GroupBy(node => node.Code.Name, StringComparer.Ordinal)
            .Select(nodes => $"{nodes.Count()} {nodes.Key}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(string.Join(", ", expected), string.Join(", ", found));
    }

    [Theory]
    [MemberData(nameof(SourceModels.Described), MemberType = typeof(SourceModels))]
    public void Network_has_the_inputs_and_outputs_that_its_description_names(string name)
    {
        TfliteSubgraph graph = TfliteModel.Parse(SourceModels.Read(name)).Subgraphs[0];
        using JsonDocument description = Describe(name);

        CheckTensors(description.RootElement.GetProperty("inputs"), [.. graph.Inputs.Select(index => graph.Tensors[index])]);
        CheckTensors(description.RootElement.GetProperty("outputs"), [.. graph.Outputs.Select(index => graph.Tensors[index])]);
    }

    private static JsonDocument Describe(string name)
    {
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SourceModels.Folder(name), "meta.json")));
    }

    private static void CheckTensors(JsonElement described, TfliteTensor[] tensors)
    {
        Assert.Equal(described.GetArrayLength(), tensors.Length);
        foreach ((JsonElement expected, TfliteTensor tensor) in described.EnumerateArray().Zip(tensors))
        {
            Assert.Equal(expected.GetProperty("name").GetString(), tensor.Name);
            Assert.Equal(expected.GetProperty("type").GetString(), tensor.Type.ToString(), ignoreCase: true);
            Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32()), tensor.Shape);
            Assert.Equal(expected.GetProperty("bytes").GetInt64(), tensor.Type.BytesFor(tensor.ElementCount));
            Assert.Equal(Numbers(expected, "scale").Select(scale => scale.GetSingle()), tensor.Quantization?.Scales ?? []);
            Assert.Equal(Numbers(expected, "zero_point").Select(zero => zero.GetInt64()), tensor.Quantization?.ZeroPoints ?? []);
        }
    }

    /// <summary>A list that is null where the tensor has none.</summary>
    private static JsonElement[] Numbers(JsonElement described, string name)
    {
        JsonElement numbers = described.GetProperty(name);
        return numbers.ValueKind == JsonValueKind.Null ? [] : [.. numbers.EnumerateArray()];
    }
}
