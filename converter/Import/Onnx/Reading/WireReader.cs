namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>Reads the elements of protobuf's wire format from a piece of the file, and never beyond its end.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> file, int start, int end)
{
    private const int LongestVarint = 10;

    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>The byte of the file that is read next.</summary>
    public int At { get; private set; } = start;

    /// <summary>The byte behind the piece.</summary>
    public int End { get; } = end;

    public readonly int Left => End - At;

    /// <summary>A number in groups of 7 bits; false if it does not end, or has more than 10 bytes.</summary>
    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < LongestVarint && At < End; i++)
        {
            byte next = _file[At++];
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves on; false if the piece ends before.</summary>
    public bool TrySkip(ulong bytes)
    {
        if (bytes > (ulong)Left)
        {
            return false;
        }

        At += (int)bytes;
        return true;
    }
}
