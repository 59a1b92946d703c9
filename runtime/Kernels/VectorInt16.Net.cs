using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Sums and products of 16-bit elements, eight at a time.</summary>
internal static class VectorInt16
{
    /// <summary>As <see cref="KernelSet.MultiplyElementsInt16"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Multiply(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<int> products)
    {
        ref short leftValues = ref MemoryMarshal.GetReference(left[..products.Length]);
        ref short rightValues = ref MemoryMarshal.GetReference(right[..products.Length]);
        ref int results = ref MemoryMarshal.GetReference(products);
        int i = 0;
        for (; i <= products.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> a = Vector128.LoadUnsafe(ref leftValues, (nuint)i);
            Vector128<short> b = Vector128.LoadUnsafe(ref rightValues, (nuint)i);
            (Vector128.WidenLower(a) * Vector128.WidenLower(b)).StoreUnsafe(ref results, (nuint)i);
            (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)).StoreUnsafe(ref results, (nuint)i + 4);
        }

        return i;
    }

    /// <summary>As <see cref="KernelSet.AddToInt16"/>; of 8 elements or more, the last of which are added twice where they fill no whole vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(ReadOnlySpan<int> left, ReadOnlySpan<int> right, short minimum, short maximum, Span<short> output)
    {
        ref int leftValues = ref MemoryMarshal.GetReference(left[..output.Length]);
        ref int rightValues = ref MemoryMarshal.GetReference(right[..output.Length]);
        ref short results = ref MemoryMarshal.GetReference(output);
        Vector128<short> least = Vector128.Create(minimum);
        Vector128<short> largest = Vector128.Create(maximum);
        nint last = output.Length - Vector128<short>.Count;
        for (nint i = 0; i < last; i += Vector128<short>.Count)
        {
            Add(ref leftValues, ref rightValues, least, largest, ref results, i);
        }

        Add(ref leftValues, ref rightValues, least, largest, ref results, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref int left, ref int right, Vector128<short> least, Vector128<short> largest, ref short output, nint at)
    {
        Vector128<int> lower = Vector128.LoadUnsafe(ref left, (nuint)at) + Vector128.LoadUnsafe(ref right, (nuint)at);
        Vector128<int> upper = Vector128.LoadUnsafe(ref left, (nuint)at + 4) + Vector128.LoadUnsafe(ref right, (nuint)at + 4);
        Vector128.Min(Vector128.Max(Vector128.NarrowWithSaturation(lower, upper), least), largest).StoreUnsafe(ref output, (nuint)at);
    }
}
