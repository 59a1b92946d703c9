using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>The sums of the products of four quads, in registers: two for each quad, which are added in the end.</summary>
internal struct NeonSums
{
    private Vector128<int> _lower;
    private Vector128<int> _upper;

    /// <param name="bias">What they start with.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NeonSums(Vector128<int> bias)
    {
        _lower = AdvSimd.ZeroExtendWideningLower(bias.GetLower().AsUInt32()).AsInt32();
        _upper = AdvSimd.ZeroExtendWideningUpper(bias.AsUInt32()).AsInt32();
    }

    /// <summary>Adds the products of four quads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(NeonBytes values, NeonBytes weights)
    {
        _lower = NeonQuads.Add(_lower, values.Lower, weights.Lower);
        _upper = NeonQuads.Add(_upper, values.Upper, weights.Upper);
    }

    /// <summary>Adds the products of four quads and those of four others; see <see cref="NeonQuads.HoldTwoProducts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(NeonBytes values0, NeonBytes weights0, NeonBytes values1, NeonBytes weights1)
    {
        _lower = NeonQuads.Add(_lower, values0.Lower, weights0.Lower, values1.Lower, weights1.Lower);
        _upper = NeonQuads.Add(_upper, values0.Upper, weights0.Upper, values1.Upper, weights1.Upper);
    }

    /// <summary>Writes the sums, one for each quad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store(ref int sums, nuint at)
    {
        AdvSimd.Arm64.AddPairwise(_lower, _upper).StoreUnsafe(ref sums, at);
    }
}
