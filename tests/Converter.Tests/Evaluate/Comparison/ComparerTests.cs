using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Comparison;

/// <summary>Where two versions of a network part.</summary>
public sealed class ComparerTests
{
    private const double Limit = 30;

    private static readonly SampleSet s_samples = SmallNetworks.Samples(2, 60, 6);

    [Fact]
    public void A_network_does_not_part_from_itself()
    {
        NetworkComparison comparison = Compare(SmallNetworks.Layers(1, 6, 8, 8, 5), SmallNetworks.Layers(1, 6, 8, 8, 5));
        Assert.Equal(["layer 0", "layer 1", "layer 2"], comparison.Layers.Select(layer => layer.Values.Name));
        Assert.All(comparison.Layers, layer => Assert.Equal(double.PositiveInfinity, layer.Values.Decibels));
        Assert.All(comparison.Layers, layer => Assert.Equal(1, layer.Values.EqualShare));
        Assert.Null(comparison.FirstBad);
        Assert.Null(comparison.Steepest);
        Assert.Null(comparison.Note);
        Assert.Equal(0, comparison.Unmatched);
    }

    /// <summary>All weights grow a little, those of layer 1 much.</summary>
    [Fact]
    public void The_first_bad_layer_and_the_steepest_are_pointed_out()
    {
        NetworkGraph changed = SmallNetworks.Layers(1, 6, 8, 8, 8, 5);
        for (int i = 0; i < changed.Nodes.Count; i++)
        {
            Grow(changed.Nodes[i].Input(1), i == 1 ? 0.2f : 0.0005f);
        }

        NetworkComparison comparison = Compare(SmallNetworks.Layers(1, 6, 8, 8, 8, 5), changed);
        Assert.Equal(1, comparison.FirstBad);
        Assert.Equal(1, comparison.Steepest);
        Assert.True(comparison.Layers[0].Values.Decibels > Limit);
        Assert.True(comparison.Layers[1].Fall > 10);
        Assert.Null(comparison.Layers[0].Fall);
    }

    [Fact]
    public void Networks_without_common_names_are_compared_by_their_outputs()
    {
        NetworkGraph renamed = SmallNetworks.Layers(1, 6, 8, 5);
        foreach (Node node in renamed.Nodes)
        {
            node.Output().Name += "?";
        }

        NetworkComparison comparison = Compare(SmallNetworks.Layers(1, 6, 8, 5), renamed);
        Assert.Empty(comparison.Layers);
        Assert.Equal(2, comparison.Unmatched);
        Assert.Contains("no names", comparison.Note, StringComparison.Ordinal);
        Assert.Equal(double.PositiveInfinity, comparison.Outputs.Decibels);
    }

    [Fact]
    public void Networks_with_other_inputs_are_no_versions()
    {
        Assert.Throws<EvaluationException>(() => Compare(SmallNetworks.Layers(1, 6, 8, 5), SmallNetworks.Layers(1, 7, 8, 5)));
    }

    private static NetworkComparison Compare(NetworkGraph first, NetworkGraph second)
    {
        return Comparer.Run(SubjectFile.OfFloat("first", first), SubjectFile.OfFloat("second", second), s_samples, Limit);
    }

    private static void Grow(Tensor weights, float by)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(weights.Data!.Value.Span).ToArray();
        weights.Data = MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => value * (1 + by))).ToArray();
    }
}
