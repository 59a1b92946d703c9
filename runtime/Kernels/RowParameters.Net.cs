namespace EdgeQuant.Runtime.Kernels;

/// <content>Those of some of the rows.</content>
internal sealed partial class RowParameters
{
    private RowParameters(RowParameters whole, int first, int rows)
    {
        _bias = whole.HasBias ? whole._bias.Slice(first, rows) : whole._bias;
        _wideBias = whole.HasWideBias ? whole._wideBias.Slice(first, rows) : whole._wideBias;
        _multipliers = whole.PerRow == 0 ? whole._multipliers : whole._multipliers.Slice(first, rows);
        _shifts = whole.PerRow == 0 ? whole._shifts : whole._shifts.Slice(first, rows);
        Rows = rows;
        _is16Bits = whole._is16Bits;
        InputOffset = whole.InputOffset;
        WeightOffset = whole.WeightOffset;
        OutputOffset = whole.OutputOffset;
        Minimum = whole.Minimum;
        Maximum = whole.Maximum;
        Wide = whole.Wide;
        PerRow = whole.PerRow;
    }

    /// <summary>How some of the rows become outputs.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">Their number.</param>
    internal RowParameters Part(int first, int rows)
    {
        return new RowParameters(this, first, rows);
    }
}
