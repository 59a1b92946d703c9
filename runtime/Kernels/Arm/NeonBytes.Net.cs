using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Sixteen bytes, four quads, in two registers: what multiplies the lower half of a register alone would need a copy of it.</summary>
internal readonly struct NeonBytes
{
    internal readonly Vector64<sbyte> Lower;
    internal readonly Vector64<sbyte> Upper;

    /// <param name="both">What both halves are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NeonBytes(Vector64<sbyte> both)
    {
        Lower = both;
        Upper = both;
    }

    /// <param name="bytes">The bytes, and what lies before them.</param>
    /// <param name="at">Where they start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NeonBytes(ref sbyte bytes, nuint at)
    {
        Lower = Vector64.LoadUnsafe(ref bytes, at);
        Upper = Vector64.LoadUnsafe(ref bytes, at + 8);
    }
}
