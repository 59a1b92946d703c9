using System;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Signal;

/// <summary>A model file that lies inside another.</summary>
internal sealed class NestedSource : IModelSource
{
    private readonly IModelSource _source;
    private readonly int _offset;

    internal NestedSource(IModelSource source, int offset, int length)
    {
        _source = source;
        _offset = offset;
        Length = length;
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public void Read(int offset, byte[] buffer, int start, int count)
    {
        if (offset < 0 || count < 0 || count > Length - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(offset));
        }

        _source.Read(_offset + offset, buffer, start, count);
    }
}
