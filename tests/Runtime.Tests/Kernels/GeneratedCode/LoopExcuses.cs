namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>Methods whose loops may have faults, and why.</summary>
/// <param name="reasons">The reasons by method, as <see cref="Loop.Method"/> names it.</param>
internal sealed class LoopExcuses(IReadOnlyDictionary<string, string> reasons)
{
    /// <summary>What is wrong with loops that have no excuse.</summary>
    public IEnumerable<string> Unexcused(IEnumerable<Loop> loops)
    {
        return from loop in loops
               where loop.Faults.Count > 0 && !reasons.ContainsKey(loop.Method)
               select $"{loop}: {string.Join(" | ", loop.Faults)}";
    }

    /// <summary>The methods that are excused although no loop of theirs has a fault.</summary>
    public IEnumerable<string> Unneeded(IEnumerable<Loop> loops)
    {
        return reasons.Keys.Except(from loop in loops where loop.Faults.Count > 0 select loop.Method);
    }
}
