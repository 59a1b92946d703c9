using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Checks that a file is as long as its header says, where its length is known before it is read.</summary>
internal static class ArrayLength
{
    /// <param name="data">The file.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="start">How many bytes come before the numbers.</param>
    public static void Check(DataStream data, ArrayHeader header, int start)
    {
        Int128 claimed = header.ElementCount * header.Format.Size;
        if (claimed > long.MaxValue / 2)
        {
            throw new DataException(data.Name, "the shape", $"{header}", "arrays that fit into a file", "The header is damaged.");
        }

        if (data.KnownLength is long length && length - start != claimed)
        {
            string help = length - start < claimed ? "The file was cut short, or its header is damaged." : "The file goes on after its array, or its header is damaged.";
            throw new DataException(data.Name, "the length of the array", $"{length - start} bytes", $"{claimed} bytes for {header}", help);
        }
    }
}
