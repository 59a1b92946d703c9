using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Constants in files of their own, beside the model's.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgequant-external-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Elements_are_read_from_offset_and_length()
    {
        Write("weights.bin", [9, 9, 9, 9, 0, 0, 128, 63, 0, 0, 0, 64, 9]);

        Assert.Equal([11f, 22f], Sum(("location", "weights.bin"), ("offset", "4"), ("length", "8"), ("checksum", "0000")));
    }

    [Fact]
    public void Without_offset_and_length_the_whole_file_is_the_constant()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        Write("parts/weights.bin", [0, 0, 128, 63, 0, 0, 0, 64]);

        Assert.Equal([11f, 22f], Sum(("location", "parts/weights.bin")));
    }

    [Fact]
    public void Attributes_may_have_their_elements_elsewhere()
    {
        Write("weights.bin", [0, 0, 128, 63, 0, 0, 0, 64]);
        OnnxNetwork network = new();
        TensorProto value = OnnxNetwork.Tensor([], 2);
        MoveOut(value, ("location", "weights.bin"));
        network.Output(network.Node("Add", [network.Input("x", 1, 2), network.Node("Constant", [], ("value", value))]));

        Assert.Equal([11f, 22f], Run(network));
    }

    [Theory]
    [InlineData("../weights.bin", "allowed is a file in the model's folder")]
    [InlineData("parts/../../weights.bin", "allowed is a file in the model's folder")]
    [InlineData("..\\weights.bin", "allowed is a file in the model's folder")]
    [InlineData("/etc/hostname", "allowed is a file in the model's folder")]
    [InlineData("", "allowed is a file in the model's folder")]
    [InlineData("a\0b", "allowed is a file in the model's folder")]
    [InlineData("absent.bin", "no such file in the model's folder")]
    [InlineData(".", "no such file in the model's folder")]
    public void Only_files_of_the_models_folder_are_read(string location, string message)
    {
        Malformed(message, ("location", location));
    }

    [Theory]
    [InlineData("0", "9", "found 9 bytes from byte 0 on of 'weights.bin'; the file has 8")]
    [InlineData("9", "0", "found 0 bytes from byte 9 on")]
    [InlineData("1", "9223372036854775807", "the file has 8")]
    [InlineData("4", "4", "found 4 bytes of raw_data; float[2] needs 8")]
    [InlineData("-4", "8", "found the offset '-4'")]
    [InlineData("0", "many", "found the length 'many'")]
    public void Parts_that_the_file_does_not_have_are_malformed(string offset, string length, string message)
    {
        Write("weights.bin", new byte[8]);

        Malformed(message, ("location", "weights.bin"), ("offset", offset), ("length", length));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs a privilege on Windows");
        Write("weights.bin", new byte[8]);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.bin"), "weights.bin");

        Malformed("which is a link", ("location", "link.bin"));
    }

    [Fact]
    public void Without_a_folder_they_are_refused_where_they_are_read()
    {
        Refusal refusal = Assert.Single(Network(("location", "weights.bin")).ImportAsItIs().Refusals);

        Assert.Contains("in a file of their own", refusal.Reason, StringComparison.Ordinal);
    }

    private static OnnxNetwork Network(params (string Key, string Value)[] entries)
    {
        OnnxNetwork network = new();
        network.Output(network.Node("Add", [network.Input("x", 1, 2), network.Constant([], 2)]));
        MoveOut(network.Model.Graph.Initializer[0], entries);
        return network;
    }

    private static void MoveOut(TensorProto tensor, params (string Key, string Value)[] entries)
    {
        tensor.RawData = ByteString.Empty;
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
    }

    private float[] Sum(params (string Key, string Value)[] entries)
    {
        return Run(Network(entries));
    }

    private float[] Run(OnnxNetwork network)
    {
        NetworkGraph graph = NetworkFile.Import(network.File(), new ImportOptions { Folder = _folder }).Graph;
        Assert.Empty(graph.Refusals);
        return GraphRun.Outputs(graph, [10, 20])[0];
    }

    private void Malformed(string message, params (string Key, string Value)[] entries)
    {
        OnnxFormatException exception = Assert.Throws<OnnxFormatException>(() => Sum(entries));
        Assert.StartsWith("graph.initializer[0] 'constant0': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private void Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
    }
}
