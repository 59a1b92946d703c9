using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime;

/// <summary>Draws self-test inputs from a seed, the same on every machine: Marsaglia's xorshift32 (shifts 13, 17, 5), one step a byte, its top byte.</summary>
internal static class SelfTestInputs
{
    /// <summary>Fills a tensor; bool elements get the lowest bit only.</summary>
    /// <returns>The seed to go on with.</returns>
    internal static uint Fill(Int8Vector target, ElementType type, uint seed)
    {
        for (int i = 0; i < target.Length; i++)
        {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            int value = (int)(seed >> 24);
            target[i] = (sbyte)(type == ElementType.Bool ? value & 1 : value);
        }

        return seed;
    }
}
