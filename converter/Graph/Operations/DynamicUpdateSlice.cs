using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Data with a box of it replaced. Inputs: data, update (same rank, no axis longer), first index of the box on each axis; the box is moved
/// back where it would reach beyond the data.
/// </summary>
internal sealed record DynamicUpdateSlice : Operation
{
    public override Operands Takes() => Operands.Of(3);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor update = check.Input(1);
        check.SameShape(data);
        check.HasElements(check.Input(2), data.Rank);
        check.Require(
            data.Rank > 0 && update.Rank == data.Rank && !update.Shape.Where((size, axis) => size > data.Shape[axis]).Any(),
            $"The update {update} does not lie inside of the data {data}.");
    }
}
