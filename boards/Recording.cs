using System.Globalization;

namespace EdgeQuant.Boards;

/// <summary>
/// Recorded samples: CSV with the channels' names in the first line, one sample a line, and a blank line where one window ends and another
/// starts.
/// </summary>
public sealed class Recording
{
    private readonly float[] _values;

    private Recording(string[] channels, float[] values, int[] windows)
    {
        Channels = channels;
        _values = values;
        WindowStarts = windows;
    }

    /// <summary>Names of the channels.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>How many samples there are.</summary>
    public int Length => _values.Length / Channels.Count;

    /// <summary>The sample with which each window starts, ascending from 0.</summary>
    public IReadOnlyList<int> WindowStarts { get; }

    /// <summary>One sample: a value for each channel.</summary>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Channels.Count, Channels.Count);

    /// <summary>Reads a recording's file.</summary>
    /// <exception cref="RecordingException">It is not a recording; the message names file and line.</exception>
    public static Recording Load(string path)
    {
        using StreamReader reader = File.OpenText(path);
        return Read(reader, path);
    }

    /// <summary>Reads a recording.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="RecordingException">It is not a recording; the message names the line.</exception>
    public static Recording Read(TextReader reader, string name = "the recording")
    {
        ArgumentNullException.ThrowIfNull(reader);
        string[] channels = Header(reader.ReadLine(), name);
        List<float> values = [];
        List<int> windows = [];
        bool inWindow = false;
        int number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                inWindow = false;
                continue;
            }

            if (!inWindow)
            {
                windows.Add(values.Count / channels.Length);
                inWindow = true;
            }

            AddSample(line, channels.Length, values, name, number);
        }

        return values.Count > 0
            ? new Recording(channels, [.. values], [.. windows])
            : throw new RecordingException($"{name} has no samples: a recording is a line of channel names (aX,aY,aZ), then one line of numbers for each sample.");
    }

    private static string[] Header(string? line, string name)
    {
        string[] channels = (line ?? "").Split(',', StringSplitOptions.TrimEntries);
        foreach (string channel in channels)
        {
            if (channel.Length == 0 || float.TryParse(channel, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                throw new RecordingException($"{name}, line 1: expected the channels' names, separated by commas (aX,aY,aZ); found \"{Shortened(line ?? "")}\".");
            }
        }

        return channels.Distinct(StringComparer.OrdinalIgnoreCase).Count() == channels.Length
            ? channels
            : throw new RecordingException($"{name}, line 1: a channel's name is there twice: \"{Shortened(line!)}\".");
    }

    private static void AddSample(string line, int channels, List<float> values, string name, int number)
    {
        int found = 0;
        foreach (Range range in line.AsSpan().Split(','))
        {
            ReadOnlySpan<char> text = line.AsSpan(range).Trim();
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            {
                throw new RecordingException($"{name}, line {number}, column {found + 1}: expected a number, found \"{Shortened(text.ToString())}\".");
            }

            values.Add(value);
            found++;
        }

        if (found != channels)
        {
            throw new RecordingException($"{name}, line {number}: expected {channels} numbers, one for each channel, found {found}.");
        }
    }

    private static string Shortened(string text)
    {
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}
