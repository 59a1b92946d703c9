namespace EdgeQuant.Conformance.Tests.Instructions;

/// <summary>One thing in a compiled assembly that must not be there.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Where">The type or member, and in a method's body the offset of the instruction.</param>
/// <param name="What">What was found there.</param>
public sealed record Violation(Rule Rule, string Where, string What)
{
    public override string ToString() => $"{Rule}: {Where}: {What}";
}
