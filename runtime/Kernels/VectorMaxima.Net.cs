using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>The largest of bytes, sixteen or eight at a time. Where they fill no whole vector the last one takes some again.</summary>
internal static class VectorMaxima
{
    /// <inheritdoc cref="KernelSet.MaximumWindow"/>
    /// <remarks>Pixels have 8 elements or more.</remarks>
    internal static void OfWindow(ReadOnlySpan<sbyte> input, int rows, int stride, int columns, Span<sbyte> largest)
    {
        int channels = largest.Length;
        ref sbyte values = ref MemoryMarshal.GetReference(input[..(((rows - 1) * stride) + (columns * channels))]);
        ref sbyte results = ref MemoryMarshal.GetReference(largest);
        if (channels < Vector128<sbyte>.Count)
        {
            OfEightChannels(ref values, rows, stride, columns, channels, ref results);
            OfEightChannels(ref Unsafe.Add(ref values, channels - 8), rows, stride, columns, channels, ref Unsafe.Add(ref results, channels - 8));
            return;
        }

        OfChannels(ref values, rows, stride, columns, channels, ref results);
    }

    /// <inheritdoc cref="KernelSet.Largest"/>
    /// <remarks>The row has 8 elements or more.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int OfRow(ReadOnlySpan<sbyte> row)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(row);
        Vector128<sbyte> largest;
        if (row.Length < Vector128<sbyte>.Count)
        {
            largest = Vector128.Create(Vector64.LoadUnsafe(ref values), Vector64.LoadUnsafe(ref values, (nuint)row.Length - 8));
        }
        else
        {
            nint last = row.Length - Vector128<sbyte>.Count;
            largest = Vector128.LoadUnsafe(ref values, (nuint)last);
            for (nint i = 0; i < last; i += Vector128<sbyte>.Count)
            {
                largest = Vector128.Max(largest, Vector128.LoadUnsafe(ref values, (nuint)i));
            }
        }

        largest = Vector128.Max(largest, Vector128.Shuffle(largest.AsInt64(), Vector128.Create(1L, 0)).AsSByte());
        largest = Vector128.Max(largest, Vector128.Shuffle(largest.AsInt32(), Vector128.Create(1, 0, 3, 2)).AsSByte());
        largest = Vector128.Max(largest, (largest.AsInt32() >>> 16).AsSByte());
        int pair = largest.AsInt16().ToScalar();
        return Math.Max(pair >> 8, (sbyte)pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfChannels(ref sbyte values, nint rows, nint stride, nint columns, nint channels, ref sbyte results)
    {
        nint last = channels - Vector128<sbyte>.Count;
        nint channel = 0;
        while (true)
        {
            ref sbyte row = ref Unsafe.Add(ref values, channel);
            Vector128<sbyte> largest = Vector128.LoadUnsafe(ref row);
            for (nint y = rows; y > 0; y--)
            {
                ref sbyte pixel = ref row;
                for (nint x = columns; x > 0; x--)
                {
                    largest = Vector128.Max(largest, Vector128.LoadUnsafe(ref pixel));
                    pixel = ref Unsafe.Add(ref pixel, channels);
                }

                row = ref Unsafe.Add(ref row, stride);
            }

            largest.StoreUnsafe(ref results, (nuint)channel);
            if (channel == last)
            {
                return;
            }

            channel = nint.Min(channel + Vector128<sbyte>.Count, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfEightChannels(ref sbyte values, nint rows, nint stride, nint columns, nint channels, ref sbyte results)
    {
        Vector128<sbyte> largest = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref values))).AsSByte();
        ref sbyte row = ref values;
        for (nint y = rows; y > 0; y--)
        {
            ref sbyte pixel = ref row;
            for (nint x = columns; x > 0; x--)
            {
                largest = Vector128.Max(largest, Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref pixel))).AsSByte());
                pixel = ref Unsafe.Add(ref pixel, channels);
            }

            row = ref Unsafe.Add(ref row, stride);
        }

        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref results), largest.AsInt64().ToScalar());
    }
}
