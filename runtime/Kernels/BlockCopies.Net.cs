using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Copies of short blocks: each is read whole, its end overlapping its start, and then written, because a call a block costs more than that.</summary>
internal static class BlockCopies
{
    /// <summary>The shortest block that is copied.</summary>
    internal const int Shortest = 4;

    /// <summary>The longest block that is copied.</summary>
    internal const int Longest = 64;

    /// <inheritdoc cref="KernelSet.CopyBlocks"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Copy(
        ReadOnlySpan<sbyte> source, int from, nint sourceStride, Span<sbyte> target, int to, nint targetStride, int count, int length)
    {
        // Between the first block and the last, which are checked, lie all others.
        _ = source.Slice(from + ((count - 1) * (int)sourceStride), length);
        _ = target.Slice(to + ((count - 1) * (int)targetStride), length);
        ref sbyte read = ref MemoryMarshal.GetReference(source.Slice(from, length));
        ref sbyte write = ref MemoryMarshal.GetReference(target.Slice(to, length));
        if (length <= 8)
        {
            for (nint end = length - 4; count > 0; count--)
            {
                CopyPair<int>(ref read, ref write, end);
                read = ref Unsafe.Add(ref read, sourceStride);
                write = ref Unsafe.Add(ref write, targetStride);
            }
        }
        else if (length <= 16)
        {
            for (nint end = length - 8; count > 0; count--)
            {
                CopyPair<long>(ref read, ref write, end);
                read = ref Unsafe.Add(ref read, sourceStride);
                write = ref Unsafe.Add(ref write, targetStride);
            }
        }
        else if (length <= 32)
        {
            for (nint end = length - 16; count > 0; count--)
            {
                CopyPair<Vector128<sbyte>>(ref read, ref write, end);
                read = ref Unsafe.Add(ref read, sourceStride);
                write = ref Unsafe.Add(ref write, targetStride);
            }
        }
        else
        {
            for (nint end = length - 32; count > 0; count--)
            {
                Vector128<sbyte> first = Vector128.LoadUnsafe(ref read);
                Vector128<sbyte> second = Vector128.LoadUnsafe(ref read, 16);
                Vector128<sbyte> third = Vector128.LoadUnsafe(ref read, (nuint)end);
                Vector128<sbyte> fourth = Vector128.LoadUnsafe(ref read, (nuint)end + 16);
                first.StoreUnsafe(ref write);
                second.StoreUnsafe(ref write, 16);
                third.StoreUnsafe(ref write, (nuint)end);
                fourth.StoreUnsafe(ref write, (nuint)end + 16);
                read = ref Unsafe.Add(ref read, sourceStride);
                write = ref Unsafe.Add(ref write, targetStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyPair<T>(ref sbyte source, ref sbyte target, nint end)
        where T : unmanaged
    {
        T first = Unsafe.ReadUnaligned<T>(ref Unsafe.As<sbyte, byte>(ref source));
        T last = Unsafe.ReadUnaligned<T>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref source, end)));
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref target), first);
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref target, end)), last);
    }
}
