namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// One step of a network. Its constructor takes an <see cref="OperatorReader"/> and checks everything that <see cref="Run"/> relies on:
/// types, shapes, ranges. <see cref="Run"/> only computes; it checks nothing, allocates nothing and cannot fail.
/// </summary>
internal abstract class Operator
{
    /// <summary>The bytes that it holds beside the file and the arena, so that it is faster.</summary>
    internal virtual long HeldBytes => 0;

    /// <summary>Computes the outputs from the inputs.</summary>
    internal abstract void Run();
}
