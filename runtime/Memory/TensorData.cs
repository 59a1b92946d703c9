namespace EdgeQuant.Runtime.Memory;

/// <summary>Where a tensor's elements lie: a range of bytes in the arena, in the state, or in the model's constants.</summary>
/// <remarks>
/// An operator keeps one for each operand and turns it into a vector of the element type when it runs. Elements are little endian.
/// </remarks>
internal readonly partial struct TensorData
{
    /// <summary>The array that holds the elements, perhaps among others; null only in <c>default</c>, an absent operand.</summary>
    public readonly sbyte[]? Array;

    /// <summary>Index in <see cref="Array"/> of the first byte.</summary>
    public readonly int Offset;

    /// <summary>Length in bytes.</summary>
    public readonly int Length;

    /// <summary>Names <paramref name="length"/> bytes from <paramref name="offset"/>; the range is checked when it is turned into a vector.</summary>
    public TensorData(sbyte[]? array, int offset, int length)
    {
        Array = array;
        Offset = offset;
        Length = length;
    }

    /// <summary>True if there is no byte, as for an absent operand.</summary>
    public bool IsEmpty => Length == 0;
}
