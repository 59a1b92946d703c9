using System;

namespace EdgeQuant.Runtime.Model;

/// <summary>A model file that lies in memory as a whole, such as a resource in flash.</summary>
public sealed class ByteArraySource : IModelSource
{
    private readonly byte[] _file;

    /// <summary>Wraps the bytes of a model file; they are neither copied nor checked.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    public ByteArraySource(byte[] file)
    {
        if (file == null)
        {
            throw new ArgumentNullException(nameof(file));
        }

        _file = file;
    }

    /// <inheritdoc/>
    public int Length => _file.Length;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The bytes do not lie inside the file.</exception>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public void Read(int offset, byte[] buffer, int start, int count)
    {
        if (offset < 0 || count < 0 || count > _file.Length - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(offset));
        }

        Array.Copy(_file, offset, buffer, start, count);
    }
}
