using System.Diagnostics;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Whatever a file says, it is imported and simplified, or refused: no other exception, no more time than its size allows.</summary>
public sealed class OnnxHostileTests
{
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Every_truncation_is_refused_or_read()
    {
        byte[] file = RandomOnnxNetwork.Draw(1).File();
        int read = Enumerable.Range(0, file.Length).Count(length => Read(file.AsSpan(0, length), () => $"cut to {length} bytes"));

        // What may be cut off are the outputs, behind the last of which nothing stands.
        Assert.InRange(read, 0, 64);
    }

    [Fact]
    public void Every_byte_takes_every_hostile_value()
    {
        byte[] original = RandomOnnxNetwork.Draw(2).File();
        byte[] values = [0, 1, 2, 7, 8, 0x0a, 0x7f, 0x80, 0xff];
        int refused = 0;
        for (int position = 0; position < original.Length; position++)
        {
            foreach (byte value in values)
            {
                byte[] file = [.. original];
                file[position] = value;
                refused += Read(file, () => $"{value} at byte {position}") ? 0 : 1;
            }
        }

        Assert.True(refused > original.Length, $"only {refused} files were refused");
    }

    [Fact]
    public void Random_mutations_are_refused_or_read()
    {
        const int Networks = 60;
        const int Variants = 150;
        int refused = 0;
        for (int seed = 0; seed < Networks; seed++)
        {
            byte[] original = RandomOnnxNetwork.Draw(seed).File();
            for (int variant = 0; variant < Variants; variant++)
            {
                Random random = new((seed * Variants) + variant);
                byte[] file = [.. original];
                for (int count = random.Next(1, 5); count > 0; count--)
                {
                    Mutate(file, random);
                }

                refused += Read(file, () => $"network {seed}, variant {variant}") ? 0 : 1;
            }
        }

        Assert.InRange(refused, Networks * Variants / 100, (Networks * Variants) - 1);
    }

    [Theory]
    [InlineData("cntk_mnist")]
    [InlineData("ultraface_rfb320")]
    public void Mutations_of_real_files_are_refused_or_read(string name)
    {
        const int Variants = 60;
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        byte[] original = File.ReadAllBytes(Path.Combine(Repository.Shared, "models", "float", name + ".onnx"));
        for (int seed = 0; seed < Variants; seed++)
        {
            Random random = new(seed);
            byte[] file = [.. original];
            for (int count = random.Next(1, 5); count > 0; count--)
            {
                Mutate(file, random);
            }

            Read(file, () => $"{name} mutated with seed {seed}");
        }
    }

    private static void Mutate(byte[] file, Random random)
    {
        int position = random.Next(file.Length);
        switch (random.Next(4))
        {
            case 0:
                file[position] = (byte)random.Next(256);
                break;
            case 1:
                file[position] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                file[position] = (byte)random.Next(16);
                break;
            default:
                file[random.Next(file.Length)] = file[position];
                break;
        }
    }

    /// <returns>True if the file has been imported, perhaps with refusals.</returns>
    private static bool Read(ReadOnlySpan<byte> file, Func<string> how)
    {
        long started = Stopwatch.GetTimestamp();
        bool read = false;
        try
        {
            NetworkGraph graph = OnnxImporter.Import(OnnxModel.Parse(file));
            read = graph.Refusals.Count == 0;
            GraphCheck.Run(graph);
            if (graph.Refusals.Count == 0)
            {
                FloatPassList.Run(graph);
                Assert.Empty(FlowCheck.Run(graph));
            }
        }
        catch (Exception exception) when (exception is OnnxFormatException or UnsupportedNetworkException)
        {
            Assert.InRange(exception.Message.Length, 1, 100_000);
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{how()}: {exception}", exception);
        }

        Assert.True(Stopwatch.GetElapsedTime(started) <= s_timeLimit, $"{how()}: took {Stopwatch.GetElapsedTime(started)}");
        return read;
    }
}
