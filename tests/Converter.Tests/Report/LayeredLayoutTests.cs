using System.Diagnostics;
using EdgeQuant.Converter.Report.Page.Layout;
using Xunit;

namespace EdgeQuant.Converter.Tests.Report;

/// <summary>Drawings of graphs in layers.</summary>
public sealed class LayeredLayoutTests
{
    private const double Precision = 0.01;

    [Fact]
    public void A_chain_stands_straight()
    {
        LayeredLayout layout = Layout(6, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
        Assert.All(Enumerable.Range(0, 6), node => Assert.Equal(layout.PlaceOf(0).X, layout.PlaceOf(node).X, Precision));
        Assert.All(Enumerable.Range(1, 5), node => Assert.True(layout.PlaceOf(node).Y > layout.PlaceOf(node - 1).Y));
    }

    [Fact]
    public void The_longest_way_stands_straight_with_a_side_branch_beside_it()
    {
        LayeredLayout layout = Layout(5, [(0, 1), (1, 2), (0, 3), (2, 4), (3, 4)]);
        Assert.All([1, 2, 4], node => Assert.Equal(layout.PlaceOf(0).X, layout.PlaceOf(node).X, 2.0));
        Assert.True(Math.Abs(layout.PlaceOf(3).X - layout.PlaceOf(0).X) >= 100);
    }

    [Fact]
    public void An_edge_that_passes_a_layer_goes_around_what_stands_there()
    {
        LayeredLayout layout = Layout(3, [(0, 1), (1, 2), (0, 2)]);
        LayoutPoint middle = layout.PlaceOf(1);
        Assert.DoesNotContain(layout.RouteOf(2), point => Math.Abs(point.X - middle.X) < 50 && Math.Abs(point.Y - middle.Y) <= 20);
    }

    [Fact]
    public void A_source_stands_right_above_what_needs_it_first()
    {
        LayeredLayout layout = Layout(5, [(0, 1), (1, 2), (2, 4), (3, 4)]);
        Assert.Equal(layout.LayerOf(4) - 1, layout.LayerOf(3));
    }

    [Fact]
    public void Two_crossing_edges_are_uncrossed()
    {
        LayeredLayout layout = Layout(4, [(0, 3), (1, 2)]);
        Assert.Equal(layout.PlaceOf(0).X < layout.PlaceOf(1).X, layout.PlaceOf(3).X < layout.PlaceOf(2).X);
    }

    [Fact]
    public void Nodes_of_random_graphs_do_not_overlap_and_edges_lead_down()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            int nodes = random.Next(1, 60);
            (int, int)[] edges = [.. Enumerable.Range(1, nodes - 1).SelectMany(to => Enumerable.Range(0, random.Next(0, 3)).Select(_ => (random.Next(to), to)))];
            LayeredLayout layout = Layout(nodes, edges);
            foreach (IGrouping<int, int> layer in Enumerable.Range(0, nodes).GroupBy(layout.LayerOf))
            {
                double[] places = [.. layer.Select(node => layout.PlaceOf(node).X).Order()];
                Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 100));
            }

            for (int i = 0; i < edges.Length; i++)
            {
                IReadOnlyList<LayoutPoint> route = layout.RouteOf(i);
                Assert.All(route.Zip(route.Skip(1)), pair => Assert.True(pair.Second.Y >= pair.First.Y));
                Assert.All(route, point => Assert.InRange(point.X, -Precision, layout.Width + Precision));
                Assert.Equal(layout.PlaceOf(edges[i].Item1).X, route[0].X, Precision);
                Assert.Equal(layout.PlaceOf(edges[i].Item2).X, route[^1].X, Precision);
            }
        }
    }

    [Fact]
    public void Nothing_to_draw_has_no_size()
    {
        LayeredLayout layout = Layout(0, []);
        Assert.Equal((0, 0), (layout.Width, layout.Height));
    }

    [Fact]
    public void Thousands_of_nodes_with_edges_across_many_layers_take_seconds()
    {
        const int Nodes = 3000;
        Random random = new(1);
        (int, int)[] edges = [.. Enumerable.Range(1, Nodes - 1).SelectMany(to => new[] { (to - 1, to), (random.Next(to), to) }).Distinct()];
        long start = Stopwatch.GetTimestamp();
        Layout(Nodes, edges);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    private static LayeredLayout Layout(int nodes, (int From, int To)[] edges)
    {
        return LayeredLayout.Of([.. Enumerable.Repeat(new LayoutNode(100, 40), nodes)], [.. edges.Select(edge => new LayoutEdge(edge.From, edge.To))]);
    }
}
