using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

/// <summary>
/// A table whose vtable has been checked; each field is checked when it is read. Fields go by their position in the schema (a union takes
/// two: its type, then its value) and by their name there, for messages. A field that the file leaves out has its default.
/// <c>default</c> is a table that leaves out every field.
/// </summary>
internal readonly struct FlatBufferTable
{
    /// <summary>Bytes before the field offsets of a vtable: its own length and the table's.</summary>
    public const int VtableHeader = 2 * sizeof(ushort);

    // A field never starts at the file's first byte, where the root offset stands.
    private const int NotThere = 0;

    private readonly FlatBuffer? buffer;
    private readonly FieldPath? path;
    private readonly int position;
    private readonly int length;
    private readonly int vtable;
    private readonly int vtableLength;

    internal FlatBufferTable(FlatBuffer buffer, FieldPath? path, int position, int length, int vtable, int vtableLength)
    {
        this.buffer = buffer;
        this.path = path;
        this.position = position;
        this.length = length;
        this.vtable = vtable;
        this.vtableLength = vtableLength;
    }

    public bool Has(int field, string name) => Locate(field, name, 1) != NotThere;

    public bool Bool(int field, string name, bool ifAbsent = false) => UInt8(field, name, ifAbsent ? (byte)1 : (byte)0) != 0;

    public byte UInt8(int field, string name, byte ifAbsent = 0) =>
        TryLocate(field, name, sizeof(byte), out ReadOnlySpan<byte> bytes) ? bytes[0] : ifAbsent;

    public sbyte Int8(int field, string name, sbyte ifAbsent = 0) => (sbyte)UInt8(field, name, (byte)ifAbsent);

    public int Int32(int field, string name, int ifAbsent = 0) =>
        TryLocate(field, name, sizeof(int), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : ifAbsent;

    public uint UInt32(int field, string name, uint ifAbsent = 0) => (uint)Int32(field, name, (int)ifAbsent);

    public ulong UInt64(int field, string name, ulong ifAbsent = 0) =>
        TryLocate(field, name, sizeof(ulong), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : ifAbsent;

    public float Float32(int field, string name, float ifAbsent = 0) =>
        TryLocate(field, name, sizeof(float), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : ifAbsent;

    /// <summary>UTF-8, with wrong sequences replaced; null if the field is left out.</summary>
    public string? String(int field, string name) => Has(field, name) ? Encoding.UTF8.GetString(Bytes(field, name).Span) : null;

    /// <summary>A slice of the file, empty if the field is left out.</summary>
    public ReadOnlyMemory<byte> Bytes(int field, string name) => Vector(field, name, sizeof(byte), out _);

    public ImmutableArray<int> Int32Vector(int field, string name) =>
        Numbers(field, name, sizeof(int), BinaryPrimitives.ReadInt32LittleEndian);

    public ImmutableArray<long> Int64Vector(int field, string name) =>
        Numbers(field, name, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian);

    public ImmutableArray<float> Float32Vector(int field, string name) =>
        Numbers(field, name, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian);

    /// <summary>The tables of a vector, none if the field is left out.</summary>
    public FlatBufferTableVector TableVector(int field, string name)
    {
        ReadOnlyMemory<byte> offsets = Vector(field, name, sizeof(uint), out int first);
        return buffer is null ? default : new FlatBufferTableVector(buffer, Place(name), first, offsets.Length / sizeof(uint));
    }

    /// <summary>The table that the field holds; null if it is left out.</summary>
    public FlatBufferTable? Table(int field, string name)
    {
        int at = Locate(field, name, sizeof(uint));
        return at == NotThere ? null : buffer!.OpenTable(buffer.FollowOffset(at, Place(name)), new FieldPath(Place(name)));
    }

    /// <summary>A part of the file outside of the tables, which fields of this table describe.</summary>
    public ReadOnlyMemory<byte> FileSlice(string name, ulong offset, ulong size) =>
        buffer is null ? default : buffer.Slice(offset, size, Place(name));

    /// <summary>What to throw when a field's value is not allowed.</summary>
    public TfliteFormatException Error(int field, string name, string found, string allowed)
    {
        int at = Locate(field, name, 1);
        return FlatBuffer.Error(Place(name), at == NotThere ? position : at, found, allowed);
    }

    /// <summary>The same for an element of a field's vector of 4-byte elements.</summary>
    public TfliteFormatException ElementError(int field, string name, int index, string found, string allowed)
    {
        int vector = buffer!.FollowOffset(Locate(field, name, sizeof(uint)), Place(name));
        return FlatBuffer.Error(Place(name).At(index), vector + (sizeof(uint) * (1L + index)), found, allowed);
    }

    private FieldPlace Place(string name) => new(path, name);

    private ImmutableArray<T> Numbers<T>(int field, string name, int elementSize, ReadNumber<T> read)
    {
        ReadOnlySpan<byte> bytes = Vector(field, name, elementSize, out _).Span;
        if (bytes.IsEmpty)
        {
            return [];
        }

        var numbers = new T[bytes.Length / elementSize];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(bytes.Slice(i * elementSize, elementSize));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }

    private ReadOnlyMemory<byte> Vector(int field, string name, int elementSize, out int first)
    {
        int at = Locate(field, name, sizeof(uint));
        if (at == NotThere)
        {
            first = NotThere;
            return default;
        }

        int vector = buffer!.FollowOffset(at, Place(name));
        first = vector + sizeof(uint);
        return buffer.OpenVector(vector, elementSize, Place(name));
    }

    private bool TryLocate(int field, string name, int size, out ReadOnlySpan<byte> bytes)
    {
        int at = Locate(field, name, size);
        bytes = at == NotThere ? default : buffer!.Span(at, size);
        return at != NotThere;
    }

    /// <summary>The position of a field of <paramref name="size"/> bytes, or <see cref="NotThere"/>.</summary>
    private int Locate(int field, string name, int size)
    {
        int entry = VtableHeader + (field * sizeof(ushort));
        if (entry > vtableLength - sizeof(ushort))
        {
            return NotThere;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(buffer!.Span(vtable + entry, sizeof(ushort)));
        if (offset == 0)
        {
            return NotThere;
        }

        if (offset < sizeof(int) || offset > length - size)
        {
            throw FlatBuffer.Error(
                Place(name), vtable + entry, $"a field {offset} bytes into its table", $"{sizeof(int)} to {length - size}, for the table has {length} bytes");
        }

        return position + offset;
    }

    private delegate T ReadNumber<T>(ReadOnlySpan<byte> bytes);
}
