using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Float networks with inputs and the outputs that their trainers' runtimes give.</summary>
/// <param name="Graph">The network as it is imported.</param>
/// <param name="Samples">The inputs.</param>
/// <param name="Outputs">For each record all outputs, one behind the other.</param>
internal sealed record FloatGolden(NetworkGraph Graph, SampleSet Samples, float[][] Outputs)
{
    public const string Absent = "needs the float models in ../shared/models/float, which are not part of the repository";

    /// <summary>All names; one empty one where they are absent, so that tests can say so.</summary>
    public static TheoryData<string> Names => Directory.Exists(Folder)
        ? new TheoryData<string>(Directory.EnumerateFiles(Folder, "*.tflite").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal))
        : new TheoryData<string>("");

    private static string Folder => Path.Combine(Repository.Shared, "models", "float");

    public static FloatGolden Load(string name)
    {
        Assert.SkipUnless(name.Length > 0, Absent);
        string file = Directory.EnumerateFiles(Folder, name + ".*").Single();
        NetworkGraph graph = NetworkFile.Import(File.ReadAllBytes(file)).Graph;
        float[] inputs = Read(name, "inputs.bin");
        float[] outputs = Read(name, "outputs.bin");
        int[] sizes = [.. graph.Inputs.Select(input => input.ElementCount)];
        int records = inputs.Length / sizes.Sum();
        List<float[][]> samples = [];
        for (int record = 0; record < records; record++)
        {
            int start = record * sizes.Sum();
            samples.Add([.. sizes.Select((size, i) => inputs.AsSpan(start + sizes[..i].Sum(), size).ToArray())]);
        }

        return new FloatGolden(graph, new SampleSet(samples, name), [.. outputs.Chunk(outputs.Length / records)]);
    }

    private static float[] Read(string name, string file)
    {
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Repository.Shared, "goldens-float", name, file))).ToArray();
    }
}
