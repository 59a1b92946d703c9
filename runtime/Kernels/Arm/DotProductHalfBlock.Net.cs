using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>As <see cref="DotProductBlock"/>, for eight channels.</summary>
internal struct DotProductHalfBlock
{
    private Vector128<int> _first;
    private Vector128<int> _second;

    /// <inheritdoc cref="DotProductBlock(ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DotProductHalfBlock(ref int bias)
    {
        _first = Vector128.LoadUnsafe(ref bias);
        _second = Vector128.LoadUnsafe(ref bias, 4);
    }

    /// <inheritdoc cref="DotProductBlock.Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(DotProductHalfWeights weights, Vector128<sbyte> values, [ConstantExpected(Max = (byte)3)] byte quad)
    {
        _first = Dp.DotProductBySelectedQuadruplet(_first, weights.First, values, quad);
        _second = Dp.DotProductBySelectedQuadruplet(_second, weights.Second, values, quad);
    }

    /// <inheritdoc cref="DotProductBlock.Store"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store(ref int sums)
    {
        _first.StoreUnsafe(ref sums);
        _second.StoreUnsafe(ref sums, 4);
    }
}
