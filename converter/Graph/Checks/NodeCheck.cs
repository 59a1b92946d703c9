namespace EdgeQuant.Converter.Graph.Checks;

/// <summary>
/// Collects what is wrong with one node. Operations ask their questions through it; each question returns whether the answer was right, for
/// questions that only make sense behind others.
/// </summary>
internal sealed class NodeCheck(Node node)
{
    private const string Inconsistent = "The file is inconsistent; convert the source network again.";

    private readonly List<Refusal> _refusals = [];

    public Node Node { get; } = node;

    /// <summary>Asks a node about the number of its inputs and outputs, then everything that its operation asks.</summary>
    /// <returns>What is wrong; empty if nothing.</returns>
    public static IReadOnlyList<Refusal> Run(Node node)
    {
        NodeCheck check = new(node);
        if (check.Require(node.Operation.Takes().Explain(node)))
        {
            node.Operation.Check(check);
        }

        return check._refusals;
    }

    public Tensor Input(int index)
    {
        return Node.Input(index);
    }

    public Tensor Output(int index = 0)
    {
        return Node.Output(index);
    }

    /// <summary>Says what is wrong, and what would help.</summary>
    public void Refuse(string reason, string help)
    {
        _refusals.Add(Refusal.Of(Node, reason, help));
    }

    /// <summary>A condition that only an inconsistent file breaks.</summary>
    public bool Require(bool condition, string otherwise)
    {
        return Require(condition ? null : otherwise);
    }

    /// <summary>A tensor has so many dimensions.</summary>
    /// <param name="tensor">An input or output.</param>
    /// <param name="rank">How many.</param>
    /// <param name="layout">What they are, for the message.</param>
    public bool HasRank(Tensor tensor, int rank, string layout)
    {
        return Require(tensor.Rank == rank, $"{tensor} has {tensor.Rank} dimensions; needed are {rank}: {layout}.");
    }

    /// <summary>A tensor, if it is there, has so many elements in whatever shape.</summary>
    public bool HasElements(Tensor? tensor, int count)
    {
        return Require(tensor is null || tensor.ElementCount == count, $"{tensor} has {tensor?.ElementCount} elements; needed are {count}.");
    }

    /// <summary>Input 0 and output 0 have the same shape, with a last axis to work along.</summary>
    public bool HasRows()
    {
        return Require(Input(0).Rank > 0, "The input is a scalar; needed is a dimension to work along.") && SameShape(Input(0));
    }

    /// <summary>Output 0 has as many elements as input 0, in whatever shape.</summary>
    public bool KeepsElements()
    {
        return Require(
            Input(0).ElementCount == Output().ElementCount,
            $"{Input(0)} has {Input(0).ElementCount} elements and {Output()} has {Output().ElementCount}; the operator keeps their number.");
    }

    /// <summary>Output 0 has the shape of an input.</summary>
    public bool SameShape(Tensor input)
    {
        return OutputIs(input.Shape.Select(size => (long)size));
    }

    /// <summary>Output 0 has the shape that the operation computes.</summary>
    public bool OutputIs(IEnumerable<long> computed)
    {
        return Require(computed.SequenceEqual(Output().Shape.Select(size => (long)size)), Mismatch(computed));
    }

    /// <summary>
    /// Output 0 has the shape that shapes have together when sizes of 1 serve any size and shapes are aligned at their last size. Leading sizes
    /// of 1 may be more or fewer: they move no element.
    /// </summary>
    public bool Broadcasts(params int[][] shapes)
    {
        int rank = shapes.Max(shape => shape.Length);
        long[] together = new long[rank];
        for (int i = 1; i <= rank; i++)
        {
            int[] sizes = [.. shapes.Where(shape => shape.Length >= i).Select(shape => shape[^i])];
            int largest = sizes.Max();
            together[^i] = largest;
            if (!Require(
                Array.TrueForAll(sizes, size => size == 1 || size == largest),
                $"The shapes {string.Join(" and ", shapes.Select(shape => $"[{string.Join(',', shape)}]"))} cannot be broadcast to each other."))
            {
                return false;
            }
        }

        return Require(
            Output().Shape.SkipWhile(size => size == 1).Select(size => (long)size).SequenceEqual(together.SkipWhile(size => size == 1)), Mismatch(together));
    }

    /// <summary>Output 0 has the shape that two inputs have together; see <see cref="Broadcasts(int[][])"/>.</summary>
    public bool Broadcasts(Tensor left, Tensor right)
    {
        return Broadcasts(left.Shape, right.Shape);
    }

    /// <summary>
    /// Output 0 has the shape of data without the axes, where they are known. Reduced axes may stay with size 1: sizes of 1 move no element.
    /// </summary>
    public bool Reduces(Tensor data, Tensor axes)
    {
        if (ConstantReader.ConstantInts(axes) is not int[] values)
        {
            return true;
        }

        HashSet<int> reduced = [.. values.Select(axis => axis < 0 ? axis + data.Rank : axis)];
        IEnumerable<long> kept = data.Shape.Where((_, axis) => !reduced.Contains(axis)).Select(size => (long)size);
        return Require(
            kept.Where(size => size != 1).SequenceEqual(Output().Shape.Where(size => size != 1).Select(size => (long)size)), Mismatch(kept));
    }

    /// <summary>Output 0 is data [batch, height, width, channels] with another height and width, which the size says where it is known.</summary>
    public bool Resizes(Tensor data, Tensor size)
    {
        const string Layout = "[batch, height, width, channels]";
        if (!HasRank(data, 4, Layout) || !HasRank(Output(), 4, Layout) || !HasElements(size, 2))
        {
            return false;
        }

        int[] heightAndWidth = ConstantReader.ConstantInts(size) ?? Output().Shape[1..3];
        return OutputIs([data.Shape[0], heightAndWidth[0], heightAndWidth[1], data.Shape[3]]);
    }

    private bool Require(string? problem)
    {
        if (problem is not null)
        {
            Refuse(problem, Inconsistent);
        }

        return problem is null;
    }

    private string Mismatch(IEnumerable<long> computed)
    {
        return $"The file says that the output is {Output()}; computed from the inputs and options is [{string.Join(',', computed)}].";
    }
}
