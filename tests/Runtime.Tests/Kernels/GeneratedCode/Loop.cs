namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>An innermost loop of a method's machine code.</summary>
/// <param name="Method">The method, with its type.</param>
/// <param name="Label">Where the loop starts.</param>
/// <param name="Instructions">The instructions in it.</param>
/// <param name="Products">How many products of two elements one turn adds.</param>
/// <param name="Faults">The instructions that have no place in a hot loop: calls, jumps to a failure, and what moves to or from the stack.</param>
internal sealed record Loop(string Method, string Label, IReadOnlyList<string> Instructions, int Products, IReadOnlyList<string> Faults)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{Instructions.Count,5} instructions {Products,5} products  {Method} at {Label}";
    }
}
