namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// What a product sees and should give on some output pixels of some records: for each group of channels that are multiplied with each other
/// the rows of the data, and the rows of the output.
/// </summary>
/// <param name="Data">For each group [rows, depth].</param>
/// <param name="Targets">[rows, outputs].</param>
/// <param name="Count">The number of rows.</param>
internal sealed record RoundingRows(float[][] Data, float[] Targets, int Count)
{
    /// <summary>Numbers that the data of all groups may have together: 128 MB.</summary>
    private const long MostNumbers = 1 << 25;

    /// <summary>How many rows of each record are looked at.</summary>
    /// <param name="layout">The product.</param>
    /// <param name="records">How many records there are.</param>
    /// <param name="wanted">How many rows there should be in all.</param>
    public static int PerRecord(RoundingLayout layout, int records, int wanted)
    {
        long most = MostNumbers / Math.Max(1, (long)layout.Groups * layout.Depth);
        return (int)Math.Clamp(Math.Min(wanted, most) / records, 1, layout.Pixels);
    }

    /// <summary>Different output pixels, drawn evenly.</summary>
    /// <param name="pixels">How many there are.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="seed">Where they come from: the same pixels for the same seed.</param>
    public static int[] Draw(int pixels, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, pixels)];
        if (count < pixels)
        {
            new Random(seed).Shuffle(all);
        }

        return all[..count];
    }
}
