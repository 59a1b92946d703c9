namespace EdgeQuant.Converter.Execute.Products;

/// <summary>
/// The right side of a node's matrix products: weights that are packed once if they are constant, and for every run if they are computed.
/// </summary>
/// <param name="Depth">Rows of the matrix.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="RowStride">From one row to the next in the tensor.</param>
/// <param name="ColumnStride">From one column to the next in the tensor.</param>
/// <param name="Offset">The first element in the tensor.</param>
internal sealed record RightMatrix(int Depth, int Columns, int RowStride, int ColumnStride, int Offset = 0)
{
    private float[]? _packed;

    /// <summary>How many numbers it takes when it is packed for a run; 0 if it is packed already.</summary>
    public int ScratchLength => _packed is null ? PanelMatrix.Length(Depth, Columns) : 0;

    /// <summary>Packs a constant, if it is one.</summary>
    public RightMatrix With(float[]? constant)
    {
        if (constant is not null)
        {
            _packed = new float[PanelMatrix.Length(Depth, Columns)];
            Pack(constant, _packed);
        }

        return this;
    }

    /// <summary>The packed matrix.</summary>
    /// <param name="values">The tensor.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    public PanelMatrix Packed(ReadOnlySpan<float> values, Span<float> scratch)
    {
        if (_packed is null)
        {
            Pack(values, scratch);
        }

        return new PanelMatrix(_packed ?? scratch, Depth, Columns);
    }

    private void Pack(ReadOnlySpan<float> values, Span<float> panels)
    {
        PanelMatrix.Pack(values[Offset..], Depth, Columns, RowStride, ColumnStride, panels);
    }
}
