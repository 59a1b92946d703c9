using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function with two constants that is applied to every element: input 0 to output 0 of the same shape.</summary>
/// <param name="Function">The function, which says what its constants are.</param>
/// <param name="A">The first constant.</param>
/// <param name="B">The second constant; 0 where the function has one only.</param>
internal sealed record Parametric(ParametricFunction Function, float A, float B) : Operation
{
    /// <inheritdoc/>
    public override string Name => Function.ToString();

    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
        check.Require(!float.IsNaN(A) && !float.IsNaN(B), $"Its constants are {A} and {B}; they must be numbers.");
    }
}
