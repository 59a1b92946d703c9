using System.Buffers.Binary;

namespace EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

/// <summary>
/// The bytes of a file in the FlatBuffers format ("FlatBuffers internals": tables with a vtable of 16-bit field offsets, 32-bit offsets
/// forward, vectors and strings with a 32-bit count), read with every position checked in 64-bit arithmetic before it is used.
/// </summary>
/// <remarks>
/// Offsets may point many times at the same bytes, so a short file can describe a tree of any size. Each table and vector that is read is
/// therefore charged to a budget. A file without shared parts needs at most three times its length (a table takes at least 8 bytes, its own
/// 4 and an offset to it, and is charged 24, for the object that it becomes is larger); four times leaves room for writers that share.
/// </remarks>
internal sealed class FlatBuffer(ReadOnlyMemory<byte> bytes)
{
    private const int TableCharge = 24;
    private const int BudgetPerByte = 4;
    private const int OffsetSize = sizeof(uint);

    private static readonly FieldPlace RootPlace = new(null, "root table");

    private readonly ReadOnlyMemory<byte> bytes = bytes;
    private long budget = (long)BudgetPerByte * bytes.Length;

    public int Length => bytes.Length;

    /// <summary>The table that the file's first four bytes point at.</summary>
    public FlatBufferTable Root() => OpenTable(FollowOffset(0, RootPlace), null);

    /// <summary><paramref name="length"/> bytes from <paramref name="position"/>, both still unchecked.</summary>
    public ReadOnlyMemory<byte> Slice(ulong position, ulong length, FieldPlace place)
    {
        if (position > (ulong)Length || length > (ulong)Length - position)
        {
            throw new TfliteFormatException($"{place}: found {length} bytes from byte {position}; allowed: bytes 0 to {Length}, the file's length.");
        }

        return bytes.Slice((int)position, (int)length);
    }

    /// <summary><paramref name="length"/> bytes from <paramref name="position"/>, which lie in a table that has been opened.</summary>
    public ReadOnlySpan<byte> Span(int position, int length) => bytes.Span.Slice(position, length);

    /// <summary>The position that the offset stored at <paramref name="position"/> points at; four bytes at least follow it.</summary>
    public int FollowOffset(int position, FieldPlace place)
    {
        int last = Length - OffsetSize;
        if (position > last)
        {
            throw Error(place, position, "the end of the file", $"an offset of {OffsetSize} bytes");
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(Span(position, OffsetSize));
        if (offset == 0 || position + (long)offset > last)
        {
            throw Error(place, position, $"an offset of {offset}", $"1 or more, and no further than byte {last}");
        }

        return position + (int)offset;
    }

    /// <summary>The table at <paramref name="position"/>, which <see cref="FollowOffset"/> gave, with its vtable checked.</summary>
    public FlatBufferTable OpenTable(int position, FieldPath? path)
    {
        const int Header = FlatBufferTable.VtableHeader;
        FieldPlace place = path?.Place ?? RootPlace;
        Charge(TableCharge, position, place);
        long vtable = (long)position - BinaryPrimitives.ReadInt32LittleEndian(Span(position, sizeof(int)));
        if (vtable < 0 || vtable > Length - Header)
        {
            throw Error(place, position, $"a vtable at byte {vtable}", $"0 to {Length - Header}");
        }

        ReadOnlySpan<byte> header = Span((int)vtable, Header);
        int vtableLength = BinaryPrimitives.ReadUInt16LittleEndian(header);
        int tableLength = BinaryPrimitives.ReadUInt16LittleEndian(header[sizeof(ushort)..]);
        if (vtableLength < Header || vtableLength % sizeof(ushort) != 0 || vtableLength > Length - vtable)
        {
            throw Error(place, vtable, $"a vtable of {vtableLength} bytes", $"an even number from {Header} to {Length - vtable}");
        }

        if (tableLength < sizeof(int) || tableLength > Length - position)
        {
            throw Error(place, vtable + sizeof(ushort), $"a table of {tableLength} bytes", $"{sizeof(int)} to {Length - position}");
        }

        return new FlatBufferTable(this, path, position, tableLength, (int)vtable, vtableLength);
    }

    /// <summary>
    /// The elements of the vector at <paramref name="position"/>, which <see cref="FollowOffset"/> gave. Their count stands before them.
    /// </summary>
    public ReadOnlyMemory<byte> OpenVector(int position, int elementSize, FieldPlace place)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(Span(position, OffsetSize));
        int first = position + OffsetSize;
        int room = (Length - first) / elementSize;
        if (count > room)
        {
            throw Error(place, position, $"{count} elements of {elementSize} bytes", $"0 to {room}, for the file has {Length} bytes");
        }

        int size = (int)count * elementSize;
        Charge(OffsetSize + size, position, place);
        return bytes.Slice(first, size);
    }

    /// <summary>What to throw when the bytes at <paramref name="position"/> are not allowed.</summary>
    public static TfliteFormatException Error(FieldPlace place, long position, string found, string allowed) =>
        new($"{place} at byte {position}: found {found}; allowed: {allowed}.");

    private void Charge(long amount, int position, FieldPlace place)
    {
        budget -= amount;
        if (budget < 0)
        {
            throw Error(
                place, position, "parts that use the same bytes over and over", $"parts that add up to {BudgetPerByte} times the file's {Length} bytes");
        }
    }
}
