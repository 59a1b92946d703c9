using EdgeQuant.Converter;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>Exported networks and single operators that come back: nothing was lost on the way.</summary>
public sealed class RoundTripTests
{
    /// <summary>The reference adds a zero point too many to these: ONNX says what they mean, and that comes back.</summary>
    private static readonly string[] OtherwiseDefined = ["add_n_0", "add_n_1"];

    public static TheoryData<string> Operators => Golden.Available ? new TheoryData<string>(Golden.Operators().Select(golden => golden.Name).Except(OtherwiseDefined)) : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(GoldenExportTests.Names), MemberType = typeof(GoldenExportTests))]
    [MemberData(nameof(Operators))]
    public void What_comes_back_computes_the_same_bytes(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden golden = Golden.Networks().Concat(Golden.Operators()).Single(golden => golden.Name == name);
        byte[] exported = OnnxExporter.Export(NetworkFile.Import(golden.Model).Graph).File;
        ModelRunner runner = ModelRunner.Load(ModelConverter.Convert(exported, new ConversionOptions()).File);
        byte[] outputs = new byte[golden.Outputs.Length];
        byte[] inputs = golden.Inputs;
        Assert.Equal(0, inputs.Length % runner.InputBytes);
        Assert.Equal(inputs.Length / runner.InputBytes * runner.OutputBytes, outputs.Length);
        for (int record = 0; record < inputs.Length / runner.InputBytes; record++)
        {
            runner.Run(inputs.AsSpan(record * runner.InputBytes, runner.InputBytes), outputs.AsSpan(record * runner.OutputBytes, runner.OutputBytes));
        }

        Assert.Equal(golden.Outputs, outputs);
    }
}
