using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Firmware.Tests;

/// <summary>
/// A network of one layer that tells the sign of the first axis over ten samples of an accelerometer of 4 g: the first label for plus, the second
/// for minus, none in between. The score is 0.5 for 0 g and grows to 1 with the mean.
/// </summary>
internal static class TiltModel
{
    public const int FrameSamples = 10;

    private const int Axes = 3;
    private const float InputScale = 1 / 32f;
    private const double WeightOfSample = 0.5 / FrameSamples;

    /// <summary>Its file.</summary>
    /// <param name="stride">Samples from one decision to the next.</param>
    /// <param name="labels">Its two labels.</param>
    /// <param name="sampleRate">In hertz.</param>
    /// <param name="channel">What its channels measure, as in a front end's file.</param>
    public static byte[] File(int stride = FrameSamples, string labels = "up,down", int sampleRate = 100, string channel = "\"unit\": \"g\", \"perCount\": 0.0001220703125")
    {
        string[] names = labels.Split(',');
        string frontEnd = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "kind": "raw", "sampleRate": {{sampleRate}}, "stride": {{stride}}, "channels": [{ "name": "x", {{channel}} }, { "name": "y", {{channel}} }, { "name": "z", {{channel}} }] }""");
        string rule = $$"""{ "labels": ["{{names[0]}}", "{{names[1]}}"], "threshold": 0.7, "release": 0.7 }""";
        return PipelinePacker.Pack(
            Network(), FrontEndReader.Read(Encoding.UTF8.GetBytes(frontEnd), "F.json"), "F.json", null, DecisionReader.Read(Encoding.UTF8.GetBytes(rule), "D.json"), "D.json", null);
    }

    /// <summary>The same, made for a board.</summary>
    /// <param name="board">The board's name.</param>
    /// <param name="memory">The bytes that the card says it takes; null: those that it does take.</param>
    public static byte[] MadeFor(string board, long? memory = null)
    {
        byte[] file = BoardMark.Write(File(), BoardCatalog.Find(board));
        ModelCard card = ModelRunner.ReadCard(file)!;
        return memory is null ? file : ModelWriter.WithSections(file, [(SectionKind.ModelCard, ModelCardJson.Write(card with { Board = card.Board! with { Memory = memory.Value } }))]);
    }

    /// <summary>The same with a self-test that asks for other outputs.</summary>
    public static byte[] WithWrongSelfTest()
    {
        byte[] file = File();
        ModelFile model = new(file);
        file[model.OffsetOf(SectionKind.SelfTest) + model.LengthOf(SectionKind.SelfTest) - 1] ^= 1;
        ModelWriter.Seal(file);
        return file;
    }

    private static byte[] Network()
    {
        float weightScale = (float)(WeightOfSample / sbyte.MaxValue);
        sbyte[] weights = new sbyte[2 * FrameSamples * Axes];
        for (int sample = 0; sample < FrameSamples; sample++)
        {
            weights[sample * Axes] = sbyte.MaxValue;
            weights[(FrameSamples + sample) * Axes] = -sbyte.MaxValue;
        }

        byte[] biases = new byte[2 * sizeof(int)];
        int half = (int)Math.Round(0.5 / (InputScale * weightScale));
        BinaryPrimitives.WriteInt32LittleEndian(biases, half);
        BinaryPrimitives.WriteInt32LittleEndian(biases.AsSpan(sizeof(int)), half);

        Tensor data = new("samples", DataType.Int8, [1, FrameSamples * Axes]) { Quantization = Quantization.PerTensor(InputScale, 0) };
        Tensor weight = new("weights", DataType.Int8, [2, FrameSamples * Axes]) { Data = MemoryMarshal.AsBytes(weights.AsSpan()).ToArray(), Quantization = Quantization.PerTensor(weightScale, 0) };
        Tensor bias = new("biases", DataType.Int32, [2]) { Data = biases };
        Tensor scores = new("scores", DataType.Int8, [1, 2]) { Quantization = Quantization.PerTensor(1 / 256f, -128) };
        NetworkGraph graph = new("tilt");
        graph.Inputs.Add(data);
        graph.Outputs.Add(scores);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [data, weight, bias], [scores]));
        return GraphConverter.Convert(graph, [], "test", new ConversionOptions()).File;
    }
}
