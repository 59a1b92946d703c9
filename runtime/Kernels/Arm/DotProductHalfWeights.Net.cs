using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>As <see cref="DotProductWeights"/>, for eight channels.</summary>
internal readonly struct DotProductHalfWeights
{
    internal readonly Vector128<sbyte> First;
    internal readonly Vector128<sbyte> Second;

    /// <inheritdoc cref="DotProductWeights(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DotProductHalfWeights(ref sbyte weights, nuint quad)
    {
        First = Vector128.LoadUnsafe(ref weights, quad * 32);
        Second = Vector128.LoadUnsafe(ref weights, (quad * 32) + 16);
    }
}
