using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>An array that starts with a line of the cache and is never moved, so that vectors of up to 64 bytes do not lie across two lines.</summary>
/// <typeparam name="T">Its elements.</typeparam>
internal readonly struct AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _elements;
    private readonly int _start;

    /// <param name="length">The number of elements, all 0.</param>
    internal AlignedArray(int length)
    {
        Length = length;
        _elements = GC.AllocateArray<T>(length + (LineBytes / Unsafe.SizeOf<T>()), pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_elements, 0) & (LineBytes - 1)) / Unsafe.SizeOf<T>();
    }

    internal int Length { get; }

    internal long HeldBytes => _elements is null ? 0 : (long)_elements.Length * Unsafe.SizeOf<T>();

    internal ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_elements), _start);

    internal Span<T> Span => _elements.AsSpan(_start, Length);

    internal ref T this[int index] => ref Span[index];
}
