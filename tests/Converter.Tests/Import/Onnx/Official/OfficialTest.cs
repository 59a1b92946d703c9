using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Official;

/// <summary>One of the tests that come with ONNX itself: a small model, inputs, and the outputs that they must give.</summary>
internal sealed class OfficialTest
{
    /// <summary>Where Debian's package libonnx-testdata puts them.</summary>
    public const string Folder = "/usr/share/libonnx-testdata/data";

    /// <summary>Why a test that needs them is skipped.</summary>
    public const string Absent = "needs ONNX's own tests: apt-get install libonnx-testdata";

    public OfficialTest(string name, ModelProto model)
    {
        Name = name;
        Model = model;
    }

    public static bool Available => Directory.Exists(Folder);

    /// <summary>The folder's name behind <see cref="Folder"/>.</summary>
    public string Name { get; }

    public ModelProto Model { get; }

    /// <summary>The names of the operators that are not in the importer's table, and of what else is beyond it.</summary>
    public IReadOnlyList<string> NotClaimed =>
    [
        .. Model.Graph.Node.Where(node => OperatorTable.Find(node) is null).Select(node => node.OpType).Distinct(),
        .. Exclusions.Of(this) is string reason ? [reason] : Array.Empty<string>(),
    ];

    /// <summary>The names of all tests of single operators, and of small networks that PyTorch has exported; none where they are not installed.</summary>
    public static IEnumerable<string> Names()
    {
        return !Available
            ? []
            : new[] { "node", "pytorch-operator", "pytorch-converted" }
                .SelectMany(kind => Directory.GetDirectories(Path.Combine(Folder, kind)))
                .Select(folder => Path.GetRelativePath(Folder, folder))
                .Where(name => File.Exists(Path.Combine(Folder, name, "model.onnx")) && Directory.Exists(Path.Combine(Folder, name, "test_data_set_0")))
                .Order(StringComparer.Ordinal);
    }

    public static OfficialTest Of(string name)
    {
        return new OfficialTest(name, ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Folder, name, "model.onnx"))));
    }

    /// <summary>The tensors that go in, in the order of the model's inputs.</summary>
    public IReadOnlyList<TensorProto?> Inputs()
    {
        return Tensors("input");
    }

    /// <summary>The tensors that must come out.</summary>
    public IReadOnlyList<TensorProto?> Outputs()
    {
        return Tensors("output");
    }

    /// <summary>Null where a value is no tensor.</summary>
    private IReadOnlyList<TensorProto?> Tensors(string kind)
    {
        string folder = Path.Combine(Folder, Name, "test_data_set_0");
        int count = Directory.GetFiles(folder, kind + "_*.pb").Length;
        return [.. Enumerable.Range(0, count).Select(i => Read(Path.Combine(folder, $"{kind}_{i}.pb")))];
    }

    private static TensorProto? Read(string path)
    {
        TensorProto tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
        return TensorBytes.TypeOf(tensor.DataType) is null ? null : tensor;
    }
}
