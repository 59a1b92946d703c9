using System.Runtime.InteropServices;
using EdgeQuant.Conformance.Tests.Mixed;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Products;

/// <summary>Every form of operator that accumulates products: kernels that hold weights give the bytes of plain loops, on one thread or several.</summary>
public sealed class ProductTests
{
    private const int Seeds = 60;

    /// <summary>On Arm64 mostly an emulator executes this, which takes its time.</summary>
    private const int SeedsOnArm = 10;

    /// <summary>Every operator is cut, however small.</summary>
    private const long AnyPiece = 1;
    private const int Threads = 3;

    public static TheoryData<string, string> Forms()
    {
        TheoryData<string, string> forms = [];
        foreach (string form in Enum.GetNames<ProductForm>())
        {
            forms.Add(form, nameof(DataType.Int8));
            forms.Add(form, nameof(DataType.Int16));
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_kernel_set_gives_the_bytes_of_plain_loops(string form, string type)
    {
        int seeds = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? SeedsOnArm : Seeds;
        int different = 0;
        int held = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            ProductCase test = new(seed, Enum.Parse<ProductForm>(form), Enum.Parse<DataType>(type));
            byte[] file = MixedRun.Pack(MixedRun.Lower(test.Graph));
            byte[][] records = test.Records();

            byte[] outputs = Outputs(test, file, records);

            Assert.All(KernelSets.All, kernels => Assert.True(outputs.SequenceEqual(OnThreads(file, kernels, records)), $"{test}: {kernels.Name} on threads"));
            different += outputs.Distinct().Count() > 2 ? 1 : 0;
            held += Network.Load(file, KernelSets.Find("scalar", nameof(KernelSet))).HeldBytes > 0 ? 1 : 0;
        }

        Assert.True(different > seeds * 3 / 4, $"only {different} have different outputs");
        bool isPlain = form == nameof(ProductForm.MatrixProduct) && type == nameof(DataType.Int16);
        Assert.True(isPlain || held > seeds / 3, $"only {held} of {seeds} have kernels of their own");
    }

    private static byte[] Outputs(ProductCase test, byte[] file, byte[][] records)
    {
        try
        {
            return MixedRun.Outputs(file, records);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(test.ToString(), exception);
        }
    }

    private static byte[] OnThreads(byte[] file, KernelSet kernels, byte[][] records)
    {
        Network network = Network.Load(file, KernelSets.OnThreads(kernels, Threads, AnyPiece));
        List<byte> outputs = [];
        foreach (byte[] record in records)
        {
            record.CopyTo(MemoryMarshal.AsBytes(network.Input()));
            network.Invoke();
            outputs.AddRange(MemoryMarshal.AsBytes(network.Output()).ToArray());
        }

        return [.. outputs];
    }
}
