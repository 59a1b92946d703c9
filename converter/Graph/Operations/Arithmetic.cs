namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function of two tensors, broadcast against each other, element by element: inputs 0 and 1 to output 0.</summary>
internal sealed record Arithmetic(ArithmeticFunction Function, Activation Activation) : Operation
{
    public override string Name => Function.ToString();
}
