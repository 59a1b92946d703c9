using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

/// <summary>
/// The options of a custom operator: a map from names to integers in the FlexBuffers format ("FlexBuffers internals": values and keys are
/// vectors of offsets backwards, types stand behind the values, the root stands at the end), every position checked before it is used.
/// </summary>
internal sealed class FlexBufferMap
{
    // Options are few and have short names: with these bounds no map takes more work than its bytes.
    private const int MostEntries = 256;
    private const int LongestName = 64;

    private const int KeysWidthSlot = 2;
    private const int KeysOffsetSlot = 3;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<string, long?> _values = [];

    /// <summary>Reads the map.</summary>
    /// <exception cref="CustomOptionsException">The bytes are no map.</exception>
    public FlexBufferMap(ReadOnlyMemory<byte> bytes)
    {
        const int RootTypeAndWidth = 2;
        _bytes = bytes;
        if (bytes.Length <= RootTypeAndWidth)
        {
            throw new CustomOptionsException($"Its options have {bytes.Length} bytes, too few for a FlexBuffers map.");
        }

        byte rootType = bytes.Span[^2];
        if (KindOf(rootType) != FlexBufferKind.Map)
        {
            throw new CustomOptionsException($"Its options are a FlexBuffers value of kind {(int)KindOf(rootType)}; needed is {(int)FlexBufferKind.Map}, a map.");
        }

        int rootWidth = Width(bytes.Span[^1]);
        int width = WidthOf(rootType);
        long map = Target(bytes.Length - RootTypeAndWidth - rootWidth, rootWidth);
        ulong count = Unsigned(map - width, width);
        if (count > MostEntries)
        {
            throw new CustomOptionsException($"Its options are a map of {count} entries; allowed are {MostEntries}.");
        }

        int keyWidth = Width(Unsigned(map - (KeysWidthSlot * width), width));
        long keys = Target(map - (KeysOffsetSlot * width), width);
        long types = map + ((long)count * width);
        for (int i = 0; i < (int)count; i++)
        {
            string name = Name(Target(keys + ((long)i * keyWidth), keyWidth));
            _values[name] = Value(map + ((long)i * width), width, (byte)Unsigned(types + i, 1));
        }
    }

    /// <summary>The integer of a name.</summary>
    /// <exception cref="CustomOptionsException">There is none, or it is out of range (both ends allowed).</exception>
    public int Int32(string name, int minimum, int maximum)
    {
        if (!_values.TryGetValue(name, out long? value))
        {
            throw new CustomOptionsException($"Its options have no '{name}'.");
        }

        return value >= minimum && value <= maximum
            ? (int)value.Value
            : throw new CustomOptionsException($"Its option '{name}' is {value?.ToString() ?? "no integer"}; allowed is {minimum} to {maximum}.");
    }

    private static FlexBufferKind KindOf(byte packed)
    {
        return (FlexBufferKind)(packed >> 2);
    }

    private static int WidthOf(byte packed)
    {
        return 1 << (packed & 3);
    }

    private static int Width(ulong width)
    {
        return width is 1 or 2 or 4 or 8
            ? (int)width
            : throw new CustomOptionsException($"Its options have elements of {width} bytes; allowed are 1, 2, 4 and 8.");
    }

    /// <summary>The integer at a slot; null if something else stands there.</summary>
    private long? Value(long slot, int width, byte packed)
    {
        return KindOf(packed) switch
        {
            FlexBufferKind.Integer => Signed(slot, width),
            FlexBufferKind.Unsigned or FlexBufferKind.Bool => Nonnegative(Unsigned(slot, width)),
            FlexBufferKind.IndirectInteger => Signed(Target(slot, width), WidthOf(packed)),
            FlexBufferKind.IndirectUnsigned => Nonnegative(Unsigned(Target(slot, width), WidthOf(packed))),
            _ => null,
        };
    }

    private static long? Nonnegative(ulong value)
    {
        return value <= long.MaxValue ? (long)value : null;
    }

    private long Signed(long position, int width)
    {
        int unused = 64 - (8 * width);
        return (long)(Unsigned(position, width) << unused) >> unused;
    }

    private ulong Unsigned(long position, int width)
    {
        if (position < 0 || position > _bytes.Length - width)
        {
            throw new CustomOptionsException($"Its options point at {width} bytes from byte {position}; they have {_bytes.Length}.");
        }

        ulong value = 0;
        for (int i = width - 1; i >= 0; i--)
        {
            value = (value << 8) | _bytes.Span[(int)position + i];
        }

        return value;
    }

    /// <summary>Where the offset at a slot points: backwards from the slot.</summary>
    private long Target(long slot, int width)
    {
        ulong offset = Unsigned(slot, width);
        return offset <= (ulong)slot
            ? slot - (long)offset
            : throw new CustomOptionsException($"Its options point {offset} bytes back from byte {slot}.");
    }

    private string Name(long position)
    {
        ReadOnlySpan<byte> rest = _bytes.Span[(int)position..];
        int length = rest[..Math.Min(rest.Length, LongestName + 1)].IndexOf((byte)0);
        return length >= 0
            ? Encoding.UTF8.GetString(rest[..length])
            : throw new CustomOptionsException($"The name of an option at byte {position} does not end within {LongestName} bytes.");
    }
}
