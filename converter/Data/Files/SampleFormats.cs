namespace EdgeQuant.Converter.Data.Files;

/// <summary>Tells the formats of sample files apart.</summary>
internal static class SampleFormats
{
    private const string Known =
        ".npy and .npz (NumPy arrays), .csv, .tsv and .txt (rows of numbers), .idx or names with -idxN-ubyte (MNIST's arrays), .bin and .raw (numbers without a header); each may be packed by gzip (.gz)";

    /// <summary>The format of a file: by its name where that says it, else by its content.</summary>
    /// <exception cref="DataException">It is none of these.</exception>
    public static SampleFormat Of(string path)
    {
        return ByName(path) ?? ByContent(path) ?? throw Unknown(path);
    }

    private static SampleFormat? ByName(string path)
    {
        string name = Path.GetFileName(path);
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        if (IsIdx(name))
        {
            return SampleFormat.Idx;
        }

        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".NPY" => SampleFormat.Npy,
            ".NPZ" => SampleFormat.Npz,
            ".CSV" or ".TSV" or ".TXT" or ".DATA" => SampleFormat.Csv,
            ".BIN" or ".RAW" => SampleFormat.Raw,
            _ => null,
        };
    }

    /// <summary>MNIST's files are called <c>train-images-idx3-ubyte</c>, or <c>train-images.idx3-ubyte</c>.</summary>
    private static bool IsIdx(string name)
    {
        return name.EndsWith(".idx", StringComparison.OrdinalIgnoreCase)
            || (name.EndsWith("-ubyte", StringComparison.OrdinalIgnoreCase)
                && (name.Contains("-idx", StringComparison.OrdinalIgnoreCase) || name.Contains(".idx", StringComparison.OrdinalIgnoreCase)));
    }

    private static SampleFormat? ByContent(string path)
    {
        using DataStream data = DataStream.Open(path);
        ReadOnlySpan<byte> start = data.Peek();
        return start switch
        {
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => SampleFormat.Npy,
            [(byte)'P', (byte)'K', 3, 4, ..] => SampleFormat.Npz,
            [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 8, ..] => SampleFormat.Idx,
            _ => null,
        };
    }

    private static DataException Unknown(string path)
    {
        return new DataException(path, "its format", "unknown", Known, "Save it as one of these: from Python by numpy.save.");
    }
}
