using System.Runtime.InteropServices;

namespace EdgeQuant.Arm.Tests;

/// <summary>The instructions of an operator, by the functions and the blocks that they belong to.</summary>
internal sealed class ExecutedOperator
{
    private readonly Dictionary<string, Dictionary<ulong, Block>> _functions = new(StringComparer.Ordinal);

    /// <summary>All instructions.</summary>
    public long Instructions => _functions.Values.Sum(blocks => blocks.Values.Sum(block => block.Instructions));

    /// <summary>Counts a block.</summary>
    /// <param name="function">The function that it is a part of.</param>
    /// <param name="address">Where it starts.</param>
    /// <param name="length">Its instructions.</param>
    public void Add(string function, ulong address, int length)
    {
        if (!_functions.TryGetValue(function, out Dictionary<ulong, Block>? blocks))
        {
            _functions.Add(function, blocks = []);
        }

        ref Block block = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, address, out _);
        block = new Block(block.Executions + 1, length);
    }

    /// <summary>The instructions of the functions whose names contain a part.</summary>
    public long InstructionsIn(string part)
    {
        return Functions(part).Sum(blocks => blocks.Values.Sum(block => block.Instructions));
    }

    /// <summary>The instructions of their loops: of blocks that are executed more often than their function is entered.</summary>
    public long LoopInstructionsIn(string part)
    {
        return Functions(part).Sum(blocks => blocks.Values.Where(block => block.Executions > blocks[blocks.Keys.Min()].Executions).Sum(block => block.Instructions));
    }

    private IEnumerable<Dictionary<ulong, Block>> Functions(string part)
    {
        return _functions.Where(function => function.Key.Contains(part, StringComparison.Ordinal)).Select(function => function.Value);
    }

    private readonly record struct Block(long Executions, int Length)
    {
        public long Instructions => Executions * Length;
    }
}
