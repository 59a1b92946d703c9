namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function of two bool tensors, broadcast against each other, element by element: inputs 0 and 1 to output 0.</summary>
internal sealed record Logical(LogicalFunction Function) : Operation
{
    public override string Name => "Logical" + Function;
}
