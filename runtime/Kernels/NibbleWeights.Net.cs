using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Weights that take 16 values or fewer, as those of 4 bits and of small codebooks do, held two a byte: a nibble is the place of its weight in a table,
/// where one instruction looks up a whole vector. Where all weights together take more values, each block of them has a table of its own.
/// </summary>
internal sealed class NibbleWeights
{
    /// <summary>Weights that lie together. The first half are the low nibbles of so many bytes, the second half the high ones.</summary>
    internal const int Group = 2 * GroupBytes;

    /// <summary>The bytes of a group.</summary>
    internal const int GroupBytes = 32;

    private const int Entries = 16;
    private const int Bytes = 256;
    private const int LargestOfFour = 32;
    private const int SmallestInt4 = -8;
    private const int LargestInt4 = 7;

    /// <summary>Where nibbles are numbers of 4 bits: their values.</summary>
    private static readonly sbyte[] s_int4 = [0, 1, 2, 3, 4, 5, 6, 7, -8, -7, -6, -5, -4, -3, -2, -1];

    private readonly AlignedArray<byte> _nibbles;
    private readonly sbyte[] _tables;
    private readonly int _blockBytes;
    private readonly int _tableStride;

    private NibbleWeights(ReadOnlySpan<sbyte> weights, int block, sbyte[] tables)
    {
        _tables = tables;
        _tableStride = tables.Length == Entries ? 0 : Entries;
        _blockBytes = BytesOf(block);
        _nibbles = new AlignedArray<byte>((weights.Length / block * _blockBytes) + BytesOf(weights.Length % block));
        for (int i = 0; !weights.IsEmpty; i++)
        {
            ReadOnlySpan<sbyte> own = weights[..Math.Min(block, weights.Length)];
            Encode(own, _tables.AsSpan(i * _tableStride, Entries), _nibbles.Span[(i * _blockBytes)..]);
            weights = weights[own.Length..];
        }
    }

    internal long HeldBytes => _nibbles.HeldBytes + _tables.Length;

    /// <summary>True if nibbles are the weights themselves, numbers of 4 bits in two's complement.</summary>
    internal bool AreInt4 => ReferenceEquals(_tables, s_int4);

    /// <summary>True if the sum of four products of these weights with unsigned bytes fits into 16 bits: if no magnitude is above 32.</summary>
    internal bool HoldFourProducts => !_tables.AsSpan().ContainsAnyExceptInRange((sbyte)-LargestOfFour, (sbyte)LargestOfFour);

    /// <summary>Takes weights that have few values.</summary>
    /// <param name="weights">The weights, one block after the other; the last may be shorter.</param>
    /// <param name="block">The weights of a block, 1 or more.</param>
    /// <returns>Null where some block has more than 16 values, or little room would be saved.</returns>
    internal static NibbleWeights? TryCreate(ReadOnlySpan<sbyte> weights, int block)
    {
        bool areInt4 = !weights.ContainsAnyExceptInRange((sbyte)SmallestInt4, (sbyte)LargestInt4);
        sbyte[]? tables = areInt4 ? s_int4 : Tables(weights, weights.Length) ?? Tables(weights, block);
        if (tables is null)
        {
            return null;
        }

        long held = tables.Length + ((long)(weights.Length / block) * BytesOf(block)) + BytesOf(weights.Length % block);
        return held <= weights.Length / 4 * 3 ? new NibbleWeights(weights, block, tables) : null;
    }

    /// <summary>Where the nibbles of a block start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Nibbles(int block)
    {
        return ref Unsafe.Add(ref _nibbles.First, block * _blockBytes);
    }

    /// <summary>The values that the nibbles of a block stand for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<sbyte> Table(int block)
    {
        return Vector128.LoadUnsafe(ref _tables[block * _tableStride]);
    }

    private static int BytesOf(int weights)
    {
        return (weights + Group - 1) / Group * GroupBytes;
    }

    /// <summary>The values that each block takes, filled up to <see cref="Entries"/>; null where one takes more.</summary>
    private static sbyte[]? Tables(ReadOnlySpan<sbyte> weights, int block)
    {
        sbyte[]? tables = null;
        Span<sbyte> table = stackalloc sbyte[Entries];
        for (int start = 0; start < weights.Length; start += block)
        {
            table.Clear();
            if (!TryCollect(weights.Slice(start, Math.Min(block, weights.Length - start)), table))
            {
                return null;
            }

            tables ??= new sbyte[(weights.Length + block - 1) / block * Entries];
            table.CopyTo(tables.AsSpan(start / block * Entries));
        }

        return tables;
    }

    private static bool TryCollect(ReadOnlySpan<sbyte> weights, Span<sbyte> table)
    {
        Span<bool> seen = stackalloc bool[Bytes];
        seen.Clear();
        int count = 0;
        foreach (sbyte weight in weights)
        {
            ref bool known = ref seen[(byte)weight];
            if (known)
            {
                continue;
            }

            if (count == table.Length)
            {
                return false;
            }

            known = true;
            table[count] = weight;
            count++;
        }

        return true;
    }

    private static void Encode(ReadOnlySpan<sbyte> weights, ReadOnlySpan<sbyte> table, Span<byte> nibbles)
    {
        Span<byte> places = stackalloc byte[Bytes];
        for (int i = 0; i < table.Length; i++)
        {
            places[(byte)table[i]] = (byte)i;
        }

        for (; weights.Length >= Group; weights = weights[Group..])
        {
            for (int i = 0; i < GroupBytes; i++)
            {
                nibbles[i] = (byte)(places[(byte)weights[i]] | (places[(byte)weights[i + GroupBytes]] << 4));
            }

            nibbles = nibbles[GroupBytes..];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            nibbles[i % GroupBytes] |= (byte)(places[(byte)weights[i]] << (i / GroupBytes * 4));
        }
    }
}
