using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>The reference models as ONNX with conversions around every operator: the same integers come out as from the originals.</summary>
public sealed class QuantizedGoldenTests
{
    public static TheoryData<string> Models => new("mlperf_ad01_int8", "mlperf_ic_resnet8_int8", "mlperf_kws_int8", "mlperf_sww_int8", "mlperf_vww_int8", "tflm_hello_world_int8", "tflm_person_detect", "tinymaix_mnist_resnet_q");

    [Theory]
    [MemberData(nameof(Models))]
    public void A_network_with_conversions_gives_the_bytes_of_the_integer_network(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden golden = Golden.Networks().Single(network => network.Name == name);
        byte[] source = File.ReadAllBytes(Path.Combine(Repository.Shared, "models", "onnx-int8", name + ".onnx"));
        ConversionResult result = ModelConverter.Convert(source, new ConversionOptions());
        ModelRunner runner = ModelRunner.Load(result.File);

        Assert.Equal((0, 0), Differences(runner, golden));
    }

    /// <summary>How many outputs differ, and by how much at most; elements of the files are more by 128 than those of the originals where they are unsigned.</summary>
    private static (int Count, int Largest) Differences(ModelRunner runner, Golden golden)
    {
        byte[] inputs = Shifted(golden.Inputs, runner.Inputs[0].Type);
        byte[] outputs = Shifted(golden.Outputs, runner.Outputs[0].Type);
        byte[] found = new RecordRun(runner, inputs, golden.ResetEvery).Run(CancellationToken.None);
        int[] differences = [.. found.Zip(outputs, (a, b) => Math.Abs(a - b)).Where(difference => difference > 0)];
        return (differences.Length, differences.DefaultIfEmpty().Max());
    }

    private static byte[] Shifted(byte[] elements, DataType type)
    {
        return type == DataType.UInt8 ? Array.ConvertAll(elements, element => (byte)(element ^ 0x80)) : elements;
    }
}
