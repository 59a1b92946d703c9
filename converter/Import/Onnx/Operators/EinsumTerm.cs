using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>An operand of Einsum, or what some have become together.</summary>
/// <param name="Graph">Where nodes go.</param>
/// <param name="Value">The tensor.</param>
/// <param name="Labels">A letter for each of its axes, each once.</param>
internal sealed record EinsumTerm(NodeBuilder Graph, Tensor Value, string Labels)
{
    /// <summary>An operand; of axes with the same letter the diagonal is taken.</summary>
    public static EinsumTerm Of(NodeBuilder graph, Tensor value, string labels)
    {
        EinsumTerm term = new(graph, value, labels);
        while (labels.GroupBy(letter => letter).FirstOrDefault(group => group.Count() > 1)?.Key is char twice)
        {
            int first = labels.IndexOf(twice, StringComparison.Ordinal);
            int second = labels.IndexOf(twice, first + 1);
            int size = term.Value.Shape[first];
            ImportContext.Require(term.Value.Shape[second] == size, $"Its input {value} has no diagonal of two axes.");
            int[] rest = [.. Enumerable.Range(0, labels.Length).Where(axis => axis != first && axis != second)];
            Tensor last = graph.Transposed(term.Value, [.. rest, first, second]);
            int[] outer = last.Shape[..^2];
            Tensor flat = graph.Reshaped(last, [.. outer, size * size]);
            Tensor diagonal = graph.Add(new Gather(outer.Length, 0), [.. outer, size], flat, graph.Integers(Enumerable.Range(0, size).Select(i => i * (size + 1L))));
            labels = new string([.. rest.Select(axis => labels[axis]), twice]);
            term = new EinsumTerm(graph, diagonal, labels);
        }

        return term;
    }

    /// <summary>The term without the axes that nothing needs.</summary>
    /// <param name="needed">The letters that are needed.</param>
    public EinsumTerm Summed(string needed)
    {
        int[] axes = [.. Enumerable.Range(0, Labels.Length).Where(axis => !needed.Contains(Labels[axis], StringComparison.Ordinal))];
        if (axes.Length == 0)
        {
            return this;
        }

        int[] shape = [.. Value.Shape.Where((_, axis) => !axes.Contains(axis))];
        Tensor sum = Graph.Add(new Reduce(ReduceFunction.Sum, KeepDimensions: false), shape, Value, Graph.Integers(axes.Select(axis => (long)axis)));
        return this with { Value = sum, Labels = new string([.. Labels.Where((_, axis) => !axes.Contains(axis))]) };
    }

    /// <summary>The product with another term, summed over the axes that both have and that nothing needs any more.</summary>
    /// <param name="other">The other term.</param>
    /// <param name="later">The letters that are needed later.</param>
    public EinsumTerm Times(EinsumTerm other, string later)
    {
        if (Value.IsConstant && !other.Value.IsConstant)
        {
            // A constant on the right is a layer's weights.
            return other.Times(this, later);
        }

        EinsumTerm left = Summed(later + other.Labels);
        EinsumTerm right = other.Summed(later + Labels);
        string both = new([.. left.Labels.Where(right.Labels.Contains)]);
        string batch = new([.. both.Where(later.Contains)]);
        string sum = new([.. both.Where(letter => !later.Contains(letter, StringComparison.Ordinal))]);
        string rows = new([.. left.Labels.Where(letter => !both.Contains(letter, StringComparison.Ordinal))]);
        string columns = new([.. right.Labels.Where(letter => !both.Contains(letter, StringComparison.Ordinal))]);
        ImportContext.Require(
            left.SizesOf(sum).AsSpan().SequenceEqual(right.SizesOf(sum)), $"Its inputs {left.Value} and {right.Value} have different sizes along an axis that is summed up.");
        Tensor first = left.Matrix(batch, rows, sum);
        Tensor second = right.Matrix(batch, sum, columns);
        Tensor product = MatrixImport.Product(Graph, first, second);
        Tensor unfolded = Graph.Reshaped(product, [.. product.Shape[..^2], .. left.SizesOf(rows), .. right.SizesOf(columns)]);
        return new EinsumTerm(Graph, unfolded, batch + rows + columns);
    }

    /// <summary>The tensor with its axes in an order.</summary>
    public Tensor Ordered(string labels)
    {
        return Graph.Transposed(Value, [.. labels.Select(letter => Labels.IndexOf(letter, StringComparison.Ordinal))]);
    }

    private Tensor Matrix(string batch, string rows, string columns)
    {
        int[] matrix = [SizesOf(rows).Aggregate(1, (product, size) => product * size), SizesOf(columns).Aggregate(1, (product, size) => product * size)];
        return Graph.Reshaped(Ordered(batch + rows + columns), [.. SizesOf(batch), .. matrix]);
    }

    private int[] SizesOf(string labels)
    {
        return [.. labels.Select(letter => Value.Shape[Labels.IndexOf(letter, StringComparison.Ordinal)])];
    }
}
