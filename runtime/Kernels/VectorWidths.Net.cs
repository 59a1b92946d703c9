using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Elements of 8 and 16 bits to 32 and back, as far as whole vectors reach.</summary>
internal static class VectorWidths
{
    /// <inheritdoc cref="KernelSet.Widen"/>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Widen(ReadOnlySpan<sbyte> input, Span<int> values)
    {
        ref sbyte elements = ref MemoryMarshal.GetReference(input[..values.Length]);
        ref int results = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> value = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref elements, i)))).AsSByte());
            Vector128.WidenLower(value).StoreUnsafe(ref results, (nuint)i);
            Vector128.WidenUpper(value).StoreUnsafe(ref results, (nuint)i + 4);
        }

        return i;
    }

    /// <inheritdoc cref="KernelSet.WidenInt16"/>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Widen(ReadOnlySpan<short> input, Span<int> values)
    {
        ref short elements = ref MemoryMarshal.GetReference(input[..values.Length]);
        ref int results = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> value = Vector128.LoadUnsafe(ref elements, (nuint)i);
            Vector128.WidenLower(value).StoreUnsafe(ref results, (nuint)i);
            Vector128.WidenUpper(value).StoreUnsafe(ref results, (nuint)i + 4);
        }

        return i;
    }

    /// <inheritdoc cref="KernelSet.Narrow"/>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Narrow(ReadOnlySpan<int> values, Span<sbyte> output)
    {
        ref int elements = ref MemoryMarshal.GetReference(values[..output.Length]);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> value = Load(ref elements, i);
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref results, i)), Vector128.Narrow(value, value).AsInt64().ToScalar());
        }

        return i;
    }

    /// <inheritdoc cref="KernelSet.NarrowInt16"/>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Narrow(ReadOnlySpan<int> values, Span<short> output)
    {
        ref int elements = ref MemoryMarshal.GetReference(values[..output.Length]);
        ref short results = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Load(ref elements, i).StoreUnsafe(ref results, (nuint)i);
        }

        return i;
    }

    /// <summary>Eight elements, cut to 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ref int elements, int at)
    {
        return Vector128.Narrow(Vector128.LoadUnsafe(ref elements, (nuint)at), Vector128.LoadUnsafe(ref elements, (nuint)at + 4));
    }
}
