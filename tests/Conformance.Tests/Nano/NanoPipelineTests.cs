using System.Text;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>A pipeline decides the same on nanoFramework's sources.</summary>
public sealed class NanoPipelineTests
{
    [Fact]
    public void Samples_become_the_same_decisions()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Compare(Packed("""{ "kind": "raw", "sampleRate": 50, "stride": 9, "channels": [{}, {}, {}] }""", nested: null), first: 128, hop: 9);
    }

    [Fact]
    public void Features_of_a_nested_network_become_the_same_decisions()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Tensor samples = new("samples", DataType.Int16, [1, 96]) { Quantization = Quantization.PerTensor(0.5f, 0) };
        Tensor features = new("features", DataType.Int8, [1, 96]) { Quantization = Quantization.PerTensor(0.7f, 4) };
        NetworkGraph graph = new("front end");
        graph.Inputs.Add(samples);
        graph.Outputs.Add(features);
        graph.Nodes.Add(new Node(new Quantize(), [samples], [features]));
        byte[] nested = GraphConverter.Convert(graph, [], "test", new ConversionOptions()).File;
        Compare(Packed("""{ "kind": "network", "file": "f", "sampleRate": 50, "hopSamples": 10, "stride": 1, "channels": [{}, {}, {}] }""", nested), first: 32 + (3 * 10), hop: 10);
    }

    [Fact]
    public void Statistics_of_motion_become_the_same_decisions()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        const string Json = """
            { "kind": "motionStatistics", "sampleRate": 50, "frameSamples": 20, "hopSamples": 10, "stride": 1, "channels": [{}, {}, {}], "statistics": [
              { "name": "mean" }, { "name": "variance", "offset": 400, "scale": 2048 }, { "name": "deviation", "scale": 8 }, { "name": "peakToPeak", "scale": 16 },
              { "name": "zeroCrossings", "offset": 9 }, { "name": "bandAmplitudes" }], "bandEdges": [1, 5, 10, 25] }
            """;
        Compare(Packed(Json, nested: null), first: 20 + (15 * 10), hop: 10);
    }

    private static byte[] Packed(string json, byte[]? nested)
    {
        byte[] wand = ModelConverter.Convert(Golden.Networks().Single(golden => golden.Name == "mltk_tflite_micro_magic_wand").Model, new ConversionOptions()).File;
        FrontEnd frontEnd = FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json");
        DecisionRule rule = DecisionReader.Read(Encoding.UTF8.GetBytes("""{ "labels": ["a", "b", "ç", "𝄞"], "average": 2, "threshold": 0.3, "suppressionMilliseconds": 400 }"""), "D.json");
        return PipelinePacker.Pack(wand, frontEnd, "F.json", nested, rule, "D.json", null);
    }

    /// <summary>Runs a pipeline on both runtimes.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="first">The samples that the first inference needs.</param>
    /// <param name="hop">The samples that each further one needs.</param>
    private static void Compare(byte[] file, int first, int hop)
    {
        Pipeline pipeline = Pipeline.Load(file);
        object source = Activator.CreateInstance(NanoRuntime.Type("Model.ByteArraySource"), file)!;
        Type type = NanoRuntime.Type("Pipeline");
        object nano = type.GetMethod("Load", [NanoRuntime.Type("Model.IModelSource")])!.Invoke(null, [source])!;
        Func<short[], int, int, int> push = type.GetMethod("Push")!.CreateDelegate<Func<short[], int, int, int>>(nano);
        Assert.Equal(Enumerable.Range(0, 4).Select(pipeline.Label), Enumerable.Range(0, 4).Select(i => (string)type.GetMethod("Label")!.Invoke(nano, [i])!));
        Random random = new(1);
        short[] samples = [.. Enumerable.Range(0, 400 * 3).Select(_ => (short)random.Next(-40, 40))];
        int decisions = 0;
        for (int at = 0; at < 400;)
        {
            int taken = pipeline.Push(samples.AsSpan(at * 3));
            Assert.Equal(taken, push(samples, at * 3, 400 - at));
            object decision = type.GetProperty("Decision")!.GetValue(nano)!;
            foreach (System.Reflection.PropertyInfo property in typeof(Decision).GetProperties())
            {
                Assert.Equal(property.GetValue(pipeline.Decision), decision.GetType().GetProperty(property.Name)!.GetValue(decision));
            }

            decisions += pipeline.Decided ? 1 : 0;
            at += taken;
        }

        Assert.Equal(((400 - first) / hop) + 1, decisions);
        Assert.Equal(-1, type.GetMethod("SelfTest")!.Invoke(nano, null));
    }
}
