using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Slices of the data at positions that are tuples of indices into its outer axes. Inputs: data, indices [..., tuple]. Output: [..., the axes
/// of the data that the tuple leaves].
/// </summary>
internal sealed record GatherNd : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor indices = check.Input(1);
        int tuple = indices.Rank == 0 ? 0 : indices.Shape[^1];
        if (check.Require(tuple >= 1 && tuple <= data.Rank, $"The last size of the indices {indices} must be 1 to {data.Rank}, the number of the data's dimensions."))
        {
            check.OutputIs([.. indices.Shape.SkipLast(1).Concat(data.Shape.Skip(tuple)).Select(size => (long)size)]);
        }
    }
}
