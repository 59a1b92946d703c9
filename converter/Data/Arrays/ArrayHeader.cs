namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>What a file says of the array in it.</summary>
/// <param name="Format">How its numbers are stored.</param>
/// <param name="Shape">The sizes, outermost first, none negative; empty for a single number.</param>
/// <param name="ColumnMajor">True if the first index changes fastest (Fortran order).</param>
internal sealed record ArrayHeader(NumberFormat Format, long[] Shape, bool ColumnMajor = false)
{
    /// <summary>How many numbers there are.</summary>
    public Int128 ElementCount => Shape.Aggregate((Int128)1, (product, size) => product * size);

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{Format}[{string.Join(',', Shape)}]";
    }
}
