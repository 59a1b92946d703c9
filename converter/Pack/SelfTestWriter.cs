using System.Runtime.InteropServices;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Pack;

/// <summary>Makes the self-test section of a file by running it: inputs, and the outputs that they give.</summary>
internal static class SelfTestWriter
{
    /// <summary>The records that a file carries unless it is told which, or they are large.</summary>
    public const int DefaultRecords = 4;

    /// <summary>Bytes of inputs and outputs that a drawn self-test takes at most, unless one record has more: it runs on every start of a device.</summary>
    private const long MostBytes = 1 << 20;

    private const uint DefaultSeed = 0x6A09E667;
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>Draws inputs from a seed. Outputs stand in the section if they are no longer than their checksum.</summary>
    /// <param name="file">The file, complete but for its self-test.</param>
    public static byte[] Seeded(byte[] file)
    {
        Network network = Network.Load(file);
        bool literal = OutputBytes(network) <= ChecksumBytes;
        int records = (int)Math.Clamp(MostBytes / Math.Max(1, InputBytes(network) + OutputBytes(network)), 1, DefaultRecords);
        ByteWriter writer = Start(DefaultSeed, records, literal ? ModelLayout.SelfTestLiteralOutputs : 0);
        uint seed = DefaultSeed;
        for (int record = 0; record < records; record++)
        {
            for (int i = 0; i < network.InputCount; i++)
            {
                seed = SelfTestInputs.Fill(network.Input(i), network.DescribeInput(i).Type, seed);
            }

            network.Invoke();
            WriteOutputs(writer, network, literal);
        }

        return writer.ToArray();
    }

    /// <summary>Takes inputs in the form of the source network; inputs and outputs of the device stand in the section.</summary>
    /// <param name="file">The file, complete but for its self-test.</param>
    /// <param name="records">Whole records.</param>
    /// <exception cref="InvalidDataException">The bytes are no whole records, or too many.</exception>
    public static byte[] Given(byte[] file, ReadOnlySpan<byte> records)
    {
        ModelRunner runner = ModelRunner.Load(file);
        int count = runner.InputBytes == 0 ? 0 : records.Length / runner.InputBytes;
        if (count < 1 || count > ushort.MaxValue || count * runner.InputBytes != records.Length)
        {
            throw new InvalidDataException(
                $"The inputs for the self-test have {records.Length} bytes; a record of this network takes {runner.InputBytes}, and 1 to {ushort.MaxValue} whole records are allowed.");
        }

        ByteWriter writer = Start(DefaultSeed, count, ModelLayout.SelfTestLiteralInputs | ModelLayout.SelfTestLiteralOutputs);
        for (int record = 0; record < count; record++)
        {
            runner.SetInputs(records.Slice(record * runner.InputBytes, runner.InputBytes));
            for (int i = 0; i < runner.Network.InputCount; i++)
            {
                writer.Bytes(MemoryMarshal.AsBytes(runner.Network.Input(i)));
            }

            runner.Network.Invoke();
            WriteOutputs(writer, runner.Network, literal: true);
        }

        return writer.ToArray();
    }

    private static ByteWriter Start(uint seed, int records, int form)
    {
        ByteWriter writer = new();
        writer.Int32(unchecked((int)seed));
        writer.UInt16(records);
        writer.UInt16(form);
        return writer;
    }

    private static long InputBytes(Network network)
    {
        return Enumerable.Range(0, network.InputCount).Sum(i => (long)network.Input(i).Length);
    }

    private static int OutputBytes(Network network)
    {
        return Enumerable.Range(0, network.OutputCount).Sum(i => network.Output(i).Length);
    }

    private static void WriteOutputs(ByteWriter writer, Network network, bool literal)
    {
        uint crc = Crc32C.Start;
        for (int i = 0; i < network.OutputCount; i++)
        {
            ReadOnlySpan<byte> output = MemoryMarshal.AsBytes(network.Output(i));
            if (literal)
            {
                writer.Bytes(output);
            }

            foreach (byte value in output)
            {
                crc = Crc32C.Append(crc, value);
            }
        }

        if (!literal)
        {
            writer.Int32(unchecked((int)Crc32C.Finish(crc)));
        }
    }
}
