using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>One value everywhere. Inputs: shape (which the output has already), value (one element).</summary>
internal sealed record Fill : MovementOperation
{
    public override Operands Takes() => Operands.Of(2) with { ShapeInput = 0 };

    public override MovementResult Resolve(Node node)
    {
        Tensor value = node.Input(1);
        Tensor output = node.Output();
        if (value.ElementCount != 1 || value.Type != output.Type)
        {
            return MovementResult.Misfit();
        }

        return value.Data is ReadOnlyMemory<byte> element
            ? MovementResult.Of(new TensorMovement(output, []) { Fill = element.ToArray() })
            : MovementResult.Of(output, new MovementRegion(value, 0, 0, [new MovementAxis(output.ElementCount, 0, 1)]));
    }
}
