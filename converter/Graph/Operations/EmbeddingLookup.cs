using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Rows of a table. Inputs: indices [rows], table [entries, ...]. Output: [rows, ...].</summary>
internal sealed record EmbeddingLookup : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        Tensor table = check.Input(1);
        if (check.Require(table.Rank > 0, "The table must have at least one dimension."))
        {
            check.OutputIs([.. check.Input(0).Shape.Concat(table.Shape.Skip(1)).Select(size => (long)size)]);
        }
    }
}
