namespace EdgeQuant.Converter.Execute.Products;

/// <summary>
/// The right side of a matrix product [depth, columns], repacked so that the product reads it in order: panels of <see cref="Width"/> columns,
/// each with all rows of its columns one behind the other. The last panel is filled up with zeros.
/// </summary>
/// <param name="panels">Panels x depth x <see cref="Width"/> numbers.</param>
/// <param name="depth">Rows.</param>
/// <param name="columns">Columns.</param>
internal readonly ref struct PanelMatrix(ReadOnlySpan<float> panels, int depth, int columns)
{
    /// <summary>Columns of a panel: two vectors of 256 bits.</summary>
    public const int Width = 16;

    private readonly ReadOnlySpan<float> _panels = panels;

    public int Depth { get; } = depth;

    public int Columns { get; } = columns;

    public int Panels => (Columns + Width - 1) / Width;

    /// <summary>The numbers of one panel.</summary>
    public ReadOnlySpan<float> this[int panel] => _panels.Slice(panel * Depth * Width, Depth * Width);

    /// <summary>How many numbers a packed matrix has.</summary>
    public static int Length(int depth, int columns)
    {
        return checked((columns + Width - 1) / Width * Width * depth);
    }

    /// <summary>Packs a matrix.</summary>
    /// <param name="source">The matrix; row r, column c at r x <paramref name="rowStride"/> + c x <paramref name="columnStride"/>.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rowStride">From one row to the next.</param>
    /// <param name="columnStride">From one column to the next.</param>
    /// <param name="panels">Receives <see cref="Length"/> numbers.</param>
    public static void Pack(ReadOnlySpan<float> source, int depth, int columns, int rowStride, int columnStride, Span<float> panels)
    {
        panels[..Length(depth, columns)].Clear();
        for (int column = 0; column < columns; column++)
        {
            Span<float> panel = panels[((column / Width * depth * Width) + (column % Width))..];
            for (int row = 0; row < depth; row++)
            {
                panel[row * Width] = source[(row * rowStride) + (column * columnStride)];
            }
        }
    }
}
