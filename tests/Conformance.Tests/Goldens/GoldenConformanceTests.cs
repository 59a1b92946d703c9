using EdgeQuant.Conformance.Tests.Nano;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>Every network and every operator, every record, every byte, with every kernel set.</summary>
public sealed class GoldenConformanceTests
{
    public static TheoryData<string> Names => ConvertedGolden.AllNames();

    public static TheoryData<string, string> NamesAndKernels
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (TheoryDataRow<string> name in ConvertedGolden.AllNames())
            {
                foreach (KernelSet kernels in KernelSets.All)
                {
                    data.Add(name.Data, kernels.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndKernels))]
    public void Every_byte_is_the_reference_s(string name, string kernels)
    {
        Golden golden = ConvertedGolden.Find(name);
        ModelRunner runner = ModelRunner.Load(ConvertedGolden.Convert(golden).File, Array.Find(KernelSets.All, set => set.Name == kernels)!);
        byte[] result = new byte[runner.OutputBytes];
        int records = 0;
        foreach ((byte[] input, byte[] output) in Records(golden, runner))
        {
            ResetIfDue(golden, records, runner.Reset);
            runner.Run(input, result);
            AssertSame(output, result, records);
            records++;
        }

        Assert.True(records > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_nano_runtime_gives_the_same_bytes(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        byte[] file = ConvertedGolden.Convert(golden).File;
        ModelRunner runner = ModelRunner.Load(file);
        NanoNetwork nano = NanoNetwork.Load(file);
        byte[] result = new byte[runner.OutputBytes];
        int records = 0;
        foreach ((byte[] input, byte[] output) in Records(golden, runner))
        {
            ResetIfDue(golden, records, () =>
            {
                runner.Reset();
                nano.Reset();
            });
            runner.SetInputs(input);
            for (int i = 0; i < runner.Network.InputCount; i++)
            {
                nano.SetInput(i, runner.Network.Input(i).ToArray());
            }

            runner.Network.Invoke();
            nano.Invoke();
            runner.GetOutputs(result);
            AssertSame(output, result, records);
            for (int i = 0; i < runner.Network.OutputCount; i++)
            {
                sbyte[] values = new sbyte[runner.Network.Output(i).Length];
                nano.GetOutput(i, values);
                AssertSame((byte[])(object)runner.Network.Output(i).ToArray(), (byte[])(object)values, records);
            }

            records++;
        }

        Assert.Equal(-1, nano.SelfTest());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_self_test_in_the_file_passes_and_can_fail(string name)
    {
        Golden golden = ConvertedGolden.Find(name);
        byte[] file = (byte[])ConvertedGolden.Convert(golden).File.Clone();
        EdgeQuant.Runtime.Network network = EdgeQuant.Runtime.Network.Load(file);
        Assert.True(network.SelfTestRecords > 0);
        Assert.Equal(-1, network.SelfTest());
        EdgeQuant.Runtime.Model.ModelFile model = new(file);
        file[model.OffsetOf(EdgeQuant.Runtime.Model.SectionKind.SelfTest) + EdgeQuant.Runtime.Model.ModelLayout.SelfTestData] ^= 1;
        EdgeQuant.Converter.Pack.ModelWriter.Seal(file);
        Assert.NotEqual(-1, EdgeQuant.Runtime.Network.Load(file).SelfTest());
    }

    private static IEnumerable<(byte[] Input, byte[] Output)> Records(Golden golden, ModelRunner runner)
    {
        byte[] inputs = golden.Inputs;
        byte[] outputs = golden.Outputs;
        int records = inputs.Length / runner.InputBytes;
        Assert.Equal(inputs.Length, records * runner.InputBytes);
        Assert.Equal(outputs.Length, records * runner.OutputBytes);
        for (int i = 0; i < records; i++)
        {
            yield return (
                inputs.AsSpan(i * runner.InputBytes, runner.InputBytes).ToArray(),
                outputs.AsSpan(i * runner.OutputBytes, runner.OutputBytes).ToArray());
        }
    }

    private static void ResetIfDue(Golden golden, int record, Action reset)
    {
        if (golden.ResetEvery > 0 && record % golden.ResetEvery == 0)
        {
            reset();
        }
    }

    private static void AssertSame(byte[] expected, byte[] found, int record)
    {
        int at = expected.AsSpan().CommonPrefixLength(found);
        Assert.True(at == expected.Length && expected.Length == found.Length, $"record {record}, byte {at} of {expected.Length}: {found.ElementAtOrDefault(at)}, expected {expected.ElementAtOrDefault(at)}");
    }
}
