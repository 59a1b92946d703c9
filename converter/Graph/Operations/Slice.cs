using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A box of the data. Inputs: data, first index on each axis, size on each axis (which the output has already).</summary>
internal sealed record Slice : MovementOperation
{
    public override Operands Takes() => Operands.Of(3) with { ShapeInput = 2 };

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (node.Input(1) is { IsConstant: false, Type: DataType.Int32 })
        {
            return MovementResult.AtRunTime;
        }

        return ConstantReader.ConstantInts(node.Input(1)) is int[] start
            ? MovementResult.Of(output, MovementRegion.Box(data, data.Shape, start, output.Shape, new int[output.Rank], output.Shape))
            : MovementResult.NotConstant("first index");
    }
}
