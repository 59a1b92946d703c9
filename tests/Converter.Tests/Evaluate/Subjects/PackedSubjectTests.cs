using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Tests.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Subjects;

/// <summary>Model files as versions of a network.</summary>
public sealed class PackedSubjectTests
{
    private const int Records = 40;

    [Fact]
    public void Outputs_are_those_of_the_runner()
    {
        byte[] file = TinyGraph.FloatAtBothEnds().Convert().File;
        ModelRunner runner = ModelRunner.Load(file);
        SubjectRun run = new PackedSubject("tiny", file).NewRun(observed: false);
        float[] result = new float[TinyGraph.Rows];
        foreach (float[][] record in Samples().Inputs)
        {
            runner.Run(MemoryMarshal.AsBytes(record[0].AsSpan()), MemoryMarshal.AsBytes(result.AsSpan()));
            run.Run(record);
            Assert.Equal(result, run.Output(0).ToArray());
        }
    }

    [Fact]
    public void Integer_inputs_and_outputs_stand_as_the_numbers_that_they_mean()
    {
        byte[] file = TinyGraph.Integer().Convert().File;
        ModelRunner runner = ModelRunner.Load(file);
        PackedSubject subject = new("tiny", file);
        SubjectRun run = subject.NewRun(observed: false);
        run.Run([[0.05f * 4, 0.05f * -2, 1000, -1000]]);
        byte[] result = new byte[runner.OutputBytes];
        runner.Run([1, unchecked((byte)-5), 127, unchecked((byte)-128)], result);
        Assert.Equal(result.Select(value => 0.05f * ((sbyte)value + 3)), run.Output(0).ToArray());
        Assert.Equal(0.05f, subject.Inputs[0].Scale);
    }

    [Fact]
    public void Without_names_there_is_nothing_to_see_inside()
    {
        byte[] file = TinyGraph.FloatAtBothEnds().Convert().File;
        PackedSubject subject = new("tiny", file);
        Assert.Empty(subject.Inner);
        NetworkComparison comparison = Comparer.Run(subject, subject, Samples(), limitDecibels: 15);
        Assert.Contains("--keep-names", comparison.Note, StringComparison.Ordinal);
        Assert.Empty(comparison.Layers);
        Assert.Equal(1, comparison.Outputs.SameTop1);
    }

    [Fact]
    public void With_names_every_tensor_can_be_compared()
    {
        NetworkGraph graph = TinyGraph.FloatAtBothEnds().Graph;
        GraphSubject simulated = new("graph", FloatExecutor.Of(DeviceOnly(graph)), SubjectForm.Simulated);
        TinyGraph tiny = TinyGraph.Integer();
        PackedSubject packed = new("packed", tiny.Convert(new ConversionOptions { KeepNames = true }).File);
        Assert.Equal(["scores"], packed.Inner.Select(tensor => tensor.Name));
        Assert.Equal("FullyConnected", packed.Inner[0].Operator);
        SubjectRun run = packed.NewRun(observed: true);
        SubjectRun other = simulated.NewRun(observed: true);
        foreach (float[][] record in Samples().Inputs)
        {
            run.Run(record);
            other.Run(record);
            Assert.Equal(run.Output(0).ToArray(), run.Inner(0).ToArray());
            Assert.All(run.Output(0).ToArray().Zip(other.Output(0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 0.0501f));
        }
    }

    [Fact]
    public void Names_survive_the_card()
    {
        byte[] file = TinyGraph.Integer().Convert(new ConversionOptions { KeepNames = true }).File;
        Assert.Contains("scores", ModelRunner.ReadCard(file)!.TensorNames);
        Assert.Empty(ModelRunner.ReadCard(TinyGraph.Integer().Convert().File)!.TensorNames);
    }

    /// <summary>The same product without the float nodes around it.</summary>
    private static NetworkGraph DeviceOnly(NetworkGraph graph)
    {
        Tensor input = graph.Nodes[1].Input(0);
        Tensor output = graph.Nodes[1].Output();
        graph.Inputs.Clear();
        graph.Inputs.Add(input);
        graph.Outputs.Clear();
        graph.Outputs.Add(output);
        graph.Nodes.RemoveAll(node => !node.Outputs.Contains(output));
        return graph;
    }

    private static SampleSet Samples()
    {
        return SmallNetworks.Samples(1, Records, TinyGraph.Columns);
    }
}
