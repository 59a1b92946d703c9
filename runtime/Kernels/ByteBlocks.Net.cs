using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Copies of short blocks of bytes: without a call for each.</summary>
internal static class ByteBlocks
{
    /// <summary>Copies blocks at regular distances: block i goes from i x sourceStride to i x targetStride.</summary>
    /// <param name="source">The bytes to read, from the first block on.</param>
    /// <param name="sourceStride">From one block to the next, 0 or more.</param>
    /// <param name="target">The bytes to write, from the first block on.</param>
    /// <param name="targetStride">From one block to the next, 0 or more.</param>
    /// <param name="count">The number of blocks, 0 or more.</param>
    /// <param name="length">The bytes of a block.</param>
    internal static void Copy(ReadOnlySpan<sbyte> source, int sourceStride, Span<sbyte> target, int targetStride, int count, int length)
    {
        if (count > 0)
        {
            ReadOnlySpan<sbyte> all = source[..(((count - 1) * sourceStride) + length)];
            Span<sbyte> places = target[..(((count - 1) * targetStride) + length)];
            Copy(ref MemoryMarshal.GetReference(all), sourceStride, ref MemoryMarshal.GetReference(places), targetStride, count, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ref sbyte source, nint sourceStride, ref sbyte target, nint targetStride, int count, nint length)
    {
        for (; count > 0; count--)
        {
            nint at = 0;
            for (; at <= length - sizeof(long); at += sizeof(long))
            {
                Move<long>(ref source, ref target, at);
            }

            if (at <= length - sizeof(int))
            {
                Move<int>(ref source, ref target, at);
                at += sizeof(int);
            }

            for (; at < length; at++)
            {
                Move<sbyte>(ref source, ref target, at);
            }

            source = ref Unsafe.Add(ref source, sourceStride);
            target = ref Unsafe.Add(ref target, targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<T>(ref sbyte source, ref sbyte target, nint at)
    {
        T value = Unsafe.ReadUnaligned<T>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref source, at)));
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref target, at)), value);
    }
}
