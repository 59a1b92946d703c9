using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Converter.Tests.Host;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Pack;

public sealed class SelfTestTests
{
    [Fact]
    public void Inputs_are_drawn_by_the_documented_generator()
    {
        // The first numbers of Marsaglia's xorshift32 with shifts 13, 17, 5 from seed 1.
        sbyte[] drawn = new sbyte[3];
        uint seed = SelfTestInputs.Fill(drawn, ElementType.Int8, 1);

        Assert.Equal([(sbyte)(270369 >> 24), (sbyte)(67634689 >> 24), unchecked((sbyte)(2647435461u >> 24))], drawn);
        Assert.Equal(2647435461u, seed);
    }

    [Fact]
    public void Drawn_bools_are_0_or_1()
    {
        sbyte[] drawn = new sbyte[100];
        SelfTestInputs.Fill(drawn, ElementType.Bool, 1);

        Assert.Equal<sbyte>([0, 1], drawn.Distinct().Order());
    }

    [Fact]
    public void Converted_file_tests_itself_with_seeded_inputs()
    {
        byte[] file = TinyGraph.FloatAtBothEnds().Convert().File;
        Network network = Network.Load(file);

        Assert.Equal(SelfTestWriter.DefaultRecords, network.SelfTestRecords);
        Assert.Equal(-1, network.SelfTest());
        Assert.Equal(ModelLayout.SelfTestData + (SelfTestWriter.DefaultRecords * TinyGraph.Rows), Section(file).Length);
    }

    [Fact]
    public void Long_outputs_are_kept_as_checksums()
    {
        TinyGraph tiny = TinyGraph.Integer();
        tiny.Output(tiny.Graph.Inputs[0]);
        byte[] file = tiny.Convert().File;

        Assert.Equal(ModelLayout.SelfTestData + (SelfTestWriter.DefaultRecords * 4), Section(file).Length);
        Assert.Equal(-1, Network.Load(file).SelfTest());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_wrong_output_is_found(bool asChecksum)
    {
        TinyGraph tiny = TinyGraph.Integer();
        if (asChecksum)
        {
            tiny.Output(tiny.Graph.Inputs[0]);
        }

        byte[] file = tiny.Convert().File;
        Range section = SectionRange(file);
        int recordBytes = asChecksum ? 4 : TinyGraph.Rows;
        for (int at = section.Start.Value + ModelLayout.SelfTestData; at < section.End.Value; at++)
        {
            byte[] wrong = Changed(file, at);
            Assert.Equal((at - section.Start.Value - ModelLayout.SelfTestData) / recordBytes, Network.Load(wrong).SelfTest());
        }
    }

    [Fact]
    public void Wrong_weight_is_found()
    {
        byte[] file = TinyGraph.Integer().Convert().File;
        int weights = new ModelFile(file).OffsetOf(SectionKind.Constants);

        Assert.NotEqual(-1, Network.Load(Changed(file, weights, 0x40)).SelfTest());
    }

    [Fact]
    public void Given_records_stand_in_the_file_as_the_device_gets_them()
    {
        byte[] records = Floats.Bytes(0.31f, -2.2f, 5f, 0.024f, 1, 2, 3, 4);
        byte[] file = TinyGraph.FloatAtBothEnds().Convert(new ConversionOptions { SelfTestInputs = records }).File;
        byte[] section = Section(file);

        Assert.Equal(2, Network.Load(file).SelfTestRecords);
        Assert.Equal(-1, Network.Load(file).SelfTest());
        Assert.Equal(ModelLayout.SelfTestData + (2 * (TinyGraph.Columns + TinyGraph.Rows)), section.Length);
        Assert.Equal([3, unchecked((byte)-47), 97, unchecked((byte)-3)], section[8..12]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Given_bytes_that_are_no_whole_records_are_refused(int bytes)
    {
        ConversionOptions options = new() { SelfTestInputs = new byte[bytes] };
        Assert.Throws<InvalidDataException>(() => TinyGraph.FloatAtBothEnds().Convert(options));
    }

    [Fact]
    public void Self_test_leaves_the_network_ready()
    {
        ModelRunner runner = ModelRunner.Load(TinyGraph.FloatAtBothEnds().Convert().File);
        byte[] record = Floats.Bytes(1, -1, 2, -2);
        byte[] before = new byte[runner.OutputBytes];
        byte[] after = new byte[runner.OutputBytes];

        runner.Run(record, before);
        Assert.Equal(-1, runner.Network.SelfTest());
        runner.Run(record, after);

        Assert.Equal(before, after);
    }

    [Fact]
    public void Section_of_another_length_than_its_records_is_refused()
    {
        ConversionResult converted = TinyGraph.Integer().Convert();
        byte[] section = Section(converted.File);

        Assert.Throws<ModelFormatException>(() => Network.Load(ModelWriter.Write(converted.Network, section[..^1], modelCard: null)));
        Assert.Throws<ModelFormatException>(() => Network.Load(ModelWriter.Write(converted.Network, [.. section, 0], modelCard: null)));
        Assert.Throws<ModelFormatException>(() => Network.Load(ModelWriter.Write(converted.Network, section[..7], modelCard: null)));
    }

    [Theory]
    [InlineData(ModelLayout.SelfTestRecords, 5)]
    [InlineData(ModelLayout.SelfTestRecords, 65535)]
    [InlineData(ModelLayout.SelfTestForm, 0)]
    [InlineData(ModelLayout.SelfTestForm, 1)]
    [InlineData(ModelLayout.SelfTestForm, 3)]
    [InlineData(ModelLayout.SelfTestForm, 4)]
    [InlineData(ModelLayout.SelfTestForm, 65535)]
    public void Hostile_section_is_refused(int field, int value)
    {
        ConversionResult converted = TinyGraph.Integer().Convert();
        byte[] section = Section(converted.File);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(section.AsSpan(field), (ushort)value);

        Assert.Throws<ModelFormatException>(() => Network.Load(ModelWriter.Write(converted.Network, section, modelCard: null)));
    }

    [Fact]
    public void Outputs_of_more_bytes_than_an_integer_counts_are_counted()
    {
        const int Bytes = 1 << 24;
        TinyGraph tiny = new();
        tiny.Output(tiny.Input("x", DataType.Int8, Bytes));
        LoweredNetwork network = Lowering.Run(tiny.Graph);
        ArenaPlanner.Run(network);
        network.Outputs.AddRange(Enumerable.Repeat(network.Outputs[0], (int)((1L << 32) / Bytes) - 1));

        // 2^32 bytes are 0 if they are counted in 32 bits, and a section without data would do.
        byte[] section = [0, 0, 0, 0, 1, 0, ModelLayout.SelfTestLiteralOutputs, 0];
        Assert.Throws<ModelFormatException>(() => Network.Load(ModelWriter.Write(network, section, modelCard: null)));
    }

    private static Range SectionRange(byte[] file)
    {
        ModelFile model = new(file);
        int start = model.OffsetOf(SectionKind.SelfTest);
        return start..(start + model.LengthOf(SectionKind.SelfTest));
    }

    private static byte[] Section(byte[] file)
    {
        return file[SectionRange(file)];
    }

    private static byte[] Changed(byte[] file, int at, byte bits = 1)
    {
        byte[] changed = [.. file];
        changed[at] ^= bits;
        ModelWriter.Seal(changed);
        return changed;
    }
}
