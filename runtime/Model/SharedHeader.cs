namespace EdgeQuant.Runtime.Model;

/// <summary>What the bytes of a tensor whose elements share values start with.</summary>
internal readonly struct SharedHeader
{
    private readonly FileSection _section;

    internal SharedHeader(FileSection section)
    {
        _section = section;
    }

    /// <summary>The bits of an index.</summary>
    internal int Bits => _section.UInt8(ModelLayout.SharedBits);

    /// <summary>The entries of a codebook.</summary>
    internal int Entries => _section.UInt8(ModelLayout.SharedLastEntry) + 1;

    internal int Codebooks => _section.UInt16(ModelLayout.SharedCodebooks);
}
