namespace EdgeQuant.Runtime.Model;

/// <summary>Where the bytes of a model file come from: flash, a file system, an array.</summary>
/// <remarks>A device reads a model section by section, so that it never needs one block of memory as large as the file.</remarks>
public interface IModelSource
{
    /// <summary>Number of bytes in the file.</summary>
    int Length { get; }

    /// <summary>Copies <paramref name="count"/> bytes of the file, from byte <paramref name="offset"/> on, to <paramref name="buffer"/> from index <paramref name="start"/> on.</summary>
    /// <remarks>Either all bytes are copied or an exception is thrown.</remarks>
    /// <param name="offset">Position in the file of the first byte, from 0.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="start">Index in <paramref name="buffer"/> of the first byte that is written.</param>
    /// <param name="count">Number of bytes, 0 or more.</param>
    void Read(int offset, byte[] buffer, int start, int count);
}
