using System.Runtime.InteropServices;

namespace EdgeQuant.Arm.Tests;

/// <summary>The instructions of an operator, by the functions and the blocks that they belong to.</summary>
internal sealed class ExecutedOperator
{
    private readonly Dictionary<string, Dictionary<CodeBlock, long>> _functions = new(StringComparer.Ordinal);

    /// <summary>All instructions.</summary>
    public long Instructions => _functions.Values.Sum(InstructionsOf);

    /// <summary>Counts a block.</summary>
    /// <param name="function">The function that it is a part of.</param>
    /// <param name="block">The block.</param>
    public void Add(string function, CodeBlock block)
    {
        if (!_functions.TryGetValue(function, out Dictionary<CodeBlock, long>? executions))
        {
            _functions.Add(function, executions = []);
        }

        CollectionsMarshal.GetValueRefOrAddDefault(executions, block, out _)++;
    }

    /// <summary>The instructions of the functions whose names contain a part.</summary>
    public long InstructionsIn(string part)
    {
        return Functions(part).Sum(InstructionsOf);
    }

    /// <summary>
    /// The instructions of their loops: of blocks that multiply, and of those that are executed more often than the function writes accumulators.
    /// </summary>
    public long LoopInstructionsIn(string part)
    {
        return Functions(part).Sum(LoopInstructionsOf);
    }

    private static long InstructionsOf(IEnumerable<KeyValuePair<CodeBlock, long>> executions)
    {
        return executions.Sum(block => block.Key.Length * block.Value);
    }

    private static long LoopInstructionsOf(Dictionary<CodeBlock, long> executions)
    {
        long tiles = executions.Where(block => block.Key.WritesVectors).Sum(block => block.Value);
        return InstructionsOf(executions.Where(block => block.Key.Multiplies || block.Value > tiles));
    }

    private IEnumerable<Dictionary<CodeBlock, long>> Functions(string part)
    {
        return _functions.Where(function => function.Key.Contains(part, StringComparison.Ordinal)).Select(function => function.Value);
    }
}
