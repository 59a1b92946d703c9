using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>The weights of a quad of a window for sixteen channels, in registers: four for each channel.</summary>
internal readonly struct DotProductWeights
{
    internal readonly Vector128<sbyte> First;
    internal readonly Vector128<sbyte> Second;
    internal readonly Vector128<sbyte> Third;
    internal readonly Vector128<sbyte> Fourth;

    /// <param name="weights">The weights of some quads, one behind the other.</param>
    /// <param name="quad">Which of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DotProductWeights(ref sbyte weights, nuint quad)
    {
        First = Vector128.LoadUnsafe(ref weights, quad * 64);
        Second = Vector128.LoadUnsafe(ref weights, (quad * 64) + 16);
        Third = Vector128.LoadUnsafe(ref weights, (quad * 64) + 32);
        Fourth = Vector128.LoadUnsafe(ref weights, (quad * 64) + 48);
    }
}
