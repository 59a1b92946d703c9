using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>The accumulators of a pixel for sixteen channels, in registers.</summary>
internal struct DotProductBlock
{
    private Vector128<int> _first;
    private Vector128<int> _second;
    private Vector128<int> _third;
    private Vector128<int> _fourth;

    /// <param name="bias">What they start with.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DotProductBlock(ref int bias)
    {
        _first = Vector128.LoadUnsafe(ref bias);
        _second = Vector128.LoadUnsafe(ref bias, 4);
        _third = Vector128.LoadUnsafe(ref bias, 8);
        _fourth = Vector128.LoadUnsafe(ref bias, 12);
    }

    /// <summary>Adds the products of a quad.</summary>
    /// <param name="weights">Its weights.</param>
    /// <param name="values">Four quads of the pixel.</param>
    /// <param name="quad">Which of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(DotProductWeights weights, Vector128<sbyte> values, [ConstantExpected(Max = (byte)3)] byte quad)
    {
        _first = Dp.DotProductBySelectedQuadruplet(_first, weights.First, values, quad);
        _second = Dp.DotProductBySelectedQuadruplet(_second, weights.Second, values, quad);
        _third = Dp.DotProductBySelectedQuadruplet(_third, weights.Third, values, quad);
        _fourth = Dp.DotProductBySelectedQuadruplet(_fourth, weights.Fourth, values, quad);
    }

    /// <summary>Writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store(ref int sums)
    {
        _first.StoreUnsafe(ref sums);
        _second.StoreUnsafe(ref sums, 4);
        _third.StoreUnsafe(ref sums, 8);
        _fourth.StoreUnsafe(ref sums, 12);
    }
}
