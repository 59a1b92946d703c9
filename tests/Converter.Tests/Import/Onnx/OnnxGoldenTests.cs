using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Trained networks in ONNX.</summary>
public sealed class OnnxGoldenTests
{
    [Theory]
    [InlineData("cntk_mnist")]
    [InlineData("ultraface_rfb320")]
    public void Float_networks_are_imported(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        ImportedNetwork network = NetworkFile.Import(File.ReadAllBytes(Path.Combine(Repository.Shared, "models", "float", name + ".onnx")));
        GraphCheck.Run(network.Graph);
        Assert.Equal("onnx", network.Importer);
        Assert.Empty(network.Graph.Refusals);
    }
}
