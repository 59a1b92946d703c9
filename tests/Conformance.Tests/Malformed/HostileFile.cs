using System.Buffers.Binary;
using System.Diagnostics;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Malformed;

/// <summary>A damaged model file with a right checksum, and the verdict on how the runtime takes it.</summary>
internal static class HostileFile
{
    /// <summary>What arena and state together may take in these tests.</summary>
    public const int MemoryLimit = 4 * 1024 * 1024;

    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Values that break careless readers.</summary>
    public static int[] Values { get; } =
        [0, 1, -1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, int.MaxValue - 3, 0x40000000];

    /// <summary>Writes a value of 1, 2 or 4 bytes.</summary>
    public static void Write(byte[] file, int offset, int width, int value)
    {
        switch (width)
        {
            case 1: file[offset] = (byte)value; break;
            case 2: BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(offset), (short)value); break;
            default: BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value); break;
        }
    }

    /// <summary>The byte ranges of all sections but the constants and the card: what a reader interprets.</summary>
    public static IReadOnlyList<(int Start, int End)> StructuralRanges(byte[] file)
    {
        ModelFile model = new(file);
        List<(int Start, int End)> ranges = [(0, ModelLayout.HeaderBytes + (model.SectionCount * ModelLayout.SectionEntryBytes))];
        for (int i = 0; i < model.SectionCount; i++)
        {
            if (model.KindOf(i) is not (SectionKind.Constants or SectionKind.ModelCard))
            {
                int start = model.OffsetOf(model.KindOf(i));
                ranges.Add((start, start + model.LengthOf(i)));
            }
        }

        return ranges;
    }

    /// <summary>
    /// Loads the file with its checksum repaired and, if it loads, runs it: it must be refused by the one exception type, or run without any
    /// exception and without writing to its constants; both within bounds of time and memory.
    /// </summary>
    /// <returns>True if it was refused.</returns>
    public static bool IsRefused(byte[] file, string what)
    {
        ModelWriter.Seal(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        try
        {
            Network network;
            try
            {
                network = Network.Load(file, MemoryLimit);
            }
            catch (ModelFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
                return true;
            }

            Run(network, file);
            return false;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
        {
            throw new Xunit.Sdk.XunitException($"{what}: {exception}", exception);
        }
        finally
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(bytes <= MemoryLimit + (64L * file.Length) + (1 << 20), $"{what}: {bytes} bytes were allocated");
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            Assert.True(elapsed <= s_timeLimit, $"{what}: took {elapsed}");
        }
    }

    private static void Run(Network network, byte[] file)
    {
        uint before = Crc32C.Append(Crc32C.Start, file, 0, file.Length);
        for (int i = 0; i < network.InputCount; i++)
        {
            Span<sbyte> input = network.Input(i);
            for (int k = 0; k < input.Length; k++)
            {
                input[k] = (sbyte)((k * 37) ^ 0x55);
            }
        }

        network.Invoke();
        network.Reset();
        network.SelfTest();
        Assert.Equal(before, Crc32C.Append(Crc32C.Start, file, 0, file.Length));
    }
}
