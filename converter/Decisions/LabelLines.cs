using System.Text;
using EdgeQuant.Converter.Signal;

namespace EdgeQuant.Converter.Decisions;

/// <summary>Labels as text, one a line.</summary>
internal static class LabelLines
{
    /// <summary>Reads labels; white space around them and empty lines at the end do not count.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It is no UTF-8, has an empty line between others, or a label twice.</exception>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> text, string source)
    {
        string all;
        try
        {
            all = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new SignalException(source, "The labels are no UTF-8 text.");
        }

        string[] lines = [.. all.TrimStart('\uFEFF').TrimEnd().Split('\n').Select(line => line.Trim())];
        int empty = Array.IndexOf(lines, "");
        if (empty >= 0)
        {
            throw new SignalException(source, $"Line {empty + 1} is empty; each line names a label.");
        }

        return lines.GroupBy(line => line, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new SignalException(source, $"The label '{twice.Key}' stands there {twice.Count()} times; each label has a name of its own.")
            : lines;
    }
}
