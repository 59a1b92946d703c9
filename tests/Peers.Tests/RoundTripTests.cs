using EdgeQuant.Converter;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>Exported networks that come back: nothing was lost on the way.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [MemberData(nameof(GoldenExportTests.Names), MemberType = typeof(GoldenExportTests))]
    public void What_comes_back_computes_the_same_bytes(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden golden = Golden.Networks().First(golden => golden.Name == name);
        byte[] exported = OnnxExporter.Export(NetworkFile.Import(golden.Model).Graph).File;
        ModelRunner runner = ModelRunner.Load(ModelConverter.Convert(exported, new ConversionOptions()).File);
        byte[] outputs = new byte[golden.Outputs.Length];
        byte[] inputs = golden.Inputs;
        for (int record = 0; record < inputs.Length / runner.InputBytes; record++)
        {
            runner.Run(inputs.AsSpan(record * runner.InputBytes, runner.InputBytes), outputs.AsSpan(record * runner.OutputBytes, runner.OutputBytes));
        }

        Assert.Equal(golden.Outputs, outputs);
    }
}
