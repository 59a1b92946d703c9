using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class ModelRunnerTests
{
    private static readonly byte[] Record = Floats.Bytes(0.31f, -2.2f, 5f, 0.024f);

    [Fact]
    public void Float_network_runs_in_its_own_form()
    {
        ModelRunner runner = ModelRunner.Load(TinyGraph.FloatAtBothEnds().Convert().File);
        byte[] result = new byte[runner.OutputBytes];
        runner.Run(Record, result);

        Assert.Equal(Record.Length, runner.InputBytes);
        Assert.Equal("x", Assert.Single(runner.Inputs).Name);
        Assert.Equal("probabilities", Assert.Single(runner.Outputs).Name);
        Assert.Equal(Expected(), result);
    }

    [Fact]
    public void Same_network_without_card_runs_in_the_form_of_the_device()
    {
        ConversionResult converted = TinyGraph.FloatAtBothEnds().Convert();
        ModelRunner runner = ModelRunner.Load(ModelWriter.Write(converted.Network, selfTest: null, modelCard: null));

        Assert.Null(runner.Card);
        Assert.Equal((TinyGraph.Columns, TinyGraph.Rows), (runner.InputBytes, runner.OutputBytes));
        Assert.Equal((DataType.Int8, 0.05f, -3), (runner.Inputs[0].Type, runner.Inputs[0].Scale, runner.Inputs[0].ZeroPoint));
    }

    [Fact]
    public void Inputs_that_nothing_reads_and_outputs_that_are_inputs_keep_their_place_in_records()
    {
        TinyGraph tiny = new();
        Tensor unused = tiny.Input("unused", DataType.Float32, 1);
        Tensor input = tiny.Input("x", DataType.Int8, 1, TinyGraph.Columns);
        Tensor passed = tiny.Input("passed", DataType.Int64, 1);
        tiny.Output(passed);
        tiny.Output(tiny.Product(input), "scores");
        tiny.Output(input);
        tiny.Output(unused);
        tiny.Output(tiny.Constant(DataType.Float32, Floats.Bytes(2.5f), 1));
        ModelRunner runner = ModelRunner.Load(tiny.Convert().File);
        byte[] record = [1, 2, 3, 4, 10, 20, 30, 40, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] result = new byte[runner.OutputBytes];

        runner.Run(record, result);

        Assert.Equal(record.Length, runner.InputBytes);
        Assert.Equal(1, runner.Network.InputCount);
        Assert.Equal(record[8..], result[..8]);
        Assert.Equal([10, 20, 30, 40, 1, 2, 3, 4], result[11..19]);
        Assert.Equal(Floats.Bytes(2.5f), result[19..]);
    }

    [Fact]
    public void Float_and_integer_of_the_same_input_are_both_there()
    {
        TinyGraph tiny = new();
        Tensor input = tiny.Input("x", DataType.Float32, 1, TinyGraph.Columns);
        tiny.Output(tiny.Add(new Softmax(1), input, DataType.Float32, input.Shape), "of the input");
        tiny.Output(tiny.Product(tiny.Quantize(input)), "scores");
        ModelRunner runner = ModelRunner.Load(tiny.Convert().File);
        byte[] result = new byte[runner.OutputBytes];

        runner.Run(Floats.Bytes(1, 1, 1, 1), result);

        Assert.Equal(Floats.Bytes(0.25f, 0.25f, 0.25f, 0.25f), result[..16]);
        Assert.Equal(TinyGraph.Rows, result.Length - 16);
    }

    [Fact]
    public void Records_of_another_length_are_refused()
    {
        ModelRunner runner = ModelRunner.Load(TinyGraph.FloatAtBothEnds().Convert().File);
        byte[] result = new byte[runner.OutputBytes];

        Assert.Throws<ArgumentException>(() => runner.Run(new byte[runner.InputBytes - 1], result));
        Assert.Throws<ArgumentException>(() => runner.Run(Record, result.AsSpan(1)));
    }

    [Fact]
    public void Running_a_record_allocates_nothing()
    {
        ModelRunner runner = ModelRunner.Load(TinyGraph.FloatAtBothEnds().Convert().File);
        byte[] result = new byte[runner.OutputBytes];
        runner.Run(Record, result);

        Assert.Equal(0, Allocations.Of(() => runner.Run(Record, result)));
    }

    [Fact]
    public void Card_of_another_network_is_refused()
    {
        ConversionResult converted = TinyGraph.FloatAtBothEnds().Convert();
        HostTensor[] tensors = [.. converted.Card.Tensors];
        tensors[converted.Card.DeviceInputs[0]] = tensors[converted.Card.DeviceInputs[0]] with { Type = DataType.UInt8 };

        Assert.Throws<ModelFormatException>(() => Load(converted.Network, converted.Card with { Tensors = tensors }));
        Assert.Throws<ModelFormatException>(() => Load(converted.Network, converted.Card with { DeviceInputs = [] }));
    }

    private static ModelRunner Load(LoweredNetwork network, ModelCard card)
    {
        return ModelRunner.Load(ModelWriter.Write(network, selfTest: null, ModelCardJson.Write(card)));
    }

    /// <summary>The same by hand: quantized, run on the device, dequantized, softmax.</summary>
    private static byte[] Expected()
    {
        Network network = Network.Load(TinyGraph.Integer().Convert().File);
        float[] inputs = Floats.Of(Record);
        for (int i = 0; i < inputs.Length; i++)
        {
            network.Input()[i] = (sbyte)Math.Clamp(MathF.Round(inputs[i] / 0.05f, MidpointRounding.AwayFromZero) - 3, -128, 127);
        }

        network.Invoke();
        float[] scores = [.. network.Output().ToArray().Select(value => 0.05f * (value + 3))];
        float[] exponentials = [.. scores.Select(value => MathF.Exp(value - scores.Max()))];
        float sum = exponentials.Aggregate(0f, (total, value) => total + value);
        return Floats.Bytes([.. exponentials.Select(value => value / sum)]);
    }
}
