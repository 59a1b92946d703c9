using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Lower;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

/// <summary>States that are read and written in one network, with all passes: what is read is always what was written last before.</summary>
public sealed class StateWritesTests
{
    private static readonly int[] s_firstAxis = [0];

    private readonly Tensor _data = Int8("data");
    private readonly Tensor _state = SmallNetwork.State("state", DataType.Int8, [2]);

    [Fact]
    public void A_value_is_computed_in_the_state_at_once()
    {
        Tensor reversed = Int8("reversed");
        Tensor read = Int8("read");
        Tensor both = Int8("both", 4);
        NetworkGraph graph = Graph(both, Reversed(_data, reversed), Copied(reversed, _state), Copied(_state, read), Joined([read, _data], both));

        SmallNetwork network = Load(graph);

        Assert.Same(_state, reversed.Root);
        Assert.DoesNotContain(graph.Nodes, node => node.Operation is Copy);
        Assert.Equal([2, 1, 1, 2], network.Run<sbyte>(new sbyte[] { 1, 2 }));
    }

    [Fact]
    public void The_old_value_is_kept_for_those_who_read_it_later()
    {
        Tensor old = Int8("old");
        Tensor reversed = Int8("reversed");
        Tensor both = Int8("both", 4);
        SmallNetwork network = Load(Graph(both, Copied(_state, old), Reversed(_data, reversed), Copied(reversed, _state), Joined([old, reversed], both)));

        Assert.Equal([0, 0, 2, 1], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([2, 1, 4, 3], network.Run<sbyte>(new sbyte[] { 3, 4 }));
    }

    [Fact]
    public void A_view_of_the_old_value_is_kept_too()
    {
        Tensor old = Int8("old");
        Tensor same = Int8("same");
        Tensor reversed = Int8("reversed");
        Tensor both = Int8("both", 4);
        Node identity = new(new Cast(), [old], [same]);
        SmallNetwork network = Load(Graph(both, Copied(_state, old), identity, Reversed(_data, reversed), Copied(reversed, _state), Joined([same, reversed], both)));

        Assert.Equal([0, 0, 2, 1], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([2, 1, 4, 3], network.Run<sbyte>(new sbyte[] { 3, 4 }));
    }

    [Fact]
    public void A_node_that_reads_the_old_value_does_not_write_over_it()
    {
        _state.InitialState = [5, 6];
        Tensor old = Int8("old");
        Tensor reversed = Int8("reversed");
        Tensor sum = Int8("sum");
        SmallNetwork network = Load(Graph(sum, Copied(_state, old), Reversed(old, reversed), Copied(reversed, _state), Added(reversed, _data, sum)));

        Assert.Equal([7, 7], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([6, 8], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        network.Reset();
        Assert.Equal([9, 9], network.Run<sbyte>(new sbyte[] { 3, 4 }));
    }

    [Fact]
    public void A_value_that_is_computed_before_the_old_one_is_read_waits_outside()
    {
        Tensor old = Int8("old");
        Tensor reversed = Int8("reversed");
        Tensor sum = Int8("sum");
        SmallNetwork network = Load(Graph(sum, Reversed(_data, reversed), Copied(_state, old), Added(old, _data, sum), Copied(reversed, _state)));

        Assert.Equal([1, 2], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([5, 5], network.Run<sbyte>(new sbyte[] { 3, 4 }));
    }

    [Fact]
    public void A_value_that_is_read_after_the_state_got_another_one_stays_out_of_it()
    {
        Tensor first = Int8("first");
        Tensor second = Int8("second");
        Tensor sum = Int8("sum");
        SmallNetwork network = Load(Graph(
            sum,
            Reversed(_data, first),
            Copied(first, _state),
            Added(_data, _data, second),
            Copied(second, _state),
            Added(first, second, sum)));

        Assert.Equal([4, 5], network.Run<sbyte>(new sbyte[] { 1, 2 }));
    }

    [Fact]
    public void Two_states_may_change_places()
    {
        Tensor other = SmallNetwork.State("other", DataType.Int8, [2]);
        other.InitialState = [5, 6];
        Tensor one = Int8("one");
        Tensor two = Int8("two");
        Tensor both = Int8("both", 4);
        SmallNetwork network = Load(Graph(both, Copied(_state, one), Copied(other, two), Copied(two, _state), Copied(one, other), Joined([one, _data], both)));

        Assert.Equal([0, 0, 1, 2], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([5, 6, 1, 2], network.Run<sbyte>(new sbyte[] { 1, 2 }));
        Assert.Equal([0, 0, 1, 2], network.Run<sbyte>(new sbyte[] { 1, 2 }));
    }

    [Fact]
    public void An_output_may_be_what_a_state_gets()
    {
        Tensor old = Int8("old");
        Tensor reversed = Int8("reversed");
        NetworkGraph graph = SmallNetwork.Graph([_data], [reversed, old], Copied(_state, old), Reversed(_data, reversed), Copied(reversed, _state));
        SmallNetwork network = Load(graph);

        Assert.Equal([2, 1], network.Run<sbyte>(new sbyte[] { 1, 2 }));
    }

    private static Tensor Int8(string name, int length = 2)
    {
        return SmallNetwork.Tensor(name, DataType.Int8, [length]);
    }

    private static Node Copied(Tensor from, Tensor to)
    {
        return new Node(new Copy(), [from], [to]);
    }

    private static Node Reversed(Tensor from, Tensor to)
    {
        return new Node(new Reverse(), [from, SmallNetwork.Constant("axis", DataType.Int32, [1], s_firstAxis)], [to]);
    }

    private static Node Added(Tensor left, Tensor right, Tensor to)
    {
        return new Node(new Arithmetic(ArithmeticFunction.Add, Activation.None), [left, right], [to]);
    }

    private static Node Joined(Tensor[] from, Tensor to)
    {
        return new Node(new Concatenation(0), from, [to]);
    }

    private static SmallNetwork Load(NetworkGraph graph)
    {
        PassList.Run(graph);
        return SmallNetwork.Load(graph);
    }

    private NetworkGraph Graph(Tensor output, params Node[] nodes)
    {
        return SmallNetwork.Graph([_data], [output], nodes);
    }
}
