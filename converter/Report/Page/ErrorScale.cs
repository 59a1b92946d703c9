namespace EdgeQuant.Converter.Report.Page;

/// <summary>The steps that errors are coloured by. Each is a class of the style sheet, so that the colours suit light and dark.</summary>
internal static class ErrorScale
{
    /// <summary>Classes and what they mean, from bad to good, then what was not measured.</summary>
    public static IReadOnlyList<(string Class, string Meaning)> Steps { get; } =
    [
        ("e0", "below 10 dB"),
        ("e1", "10 to 20"),
        ("e2", "20 to 30"),
        ("e3", "30 to 40"),
        ("e4", "40 dB and above"),
        ("ex", "not measured"),
    ];

    /// <summary>The class of an error.</summary>
    public static string Of(double? sqnr)
    {
        return sqnr switch
        {
            null => "ex",
            >= 40 => "e4",
            >= 30 => "e3",
            >= 20 => "e2",
            >= 10 => "e1",
            _ => "e0",
        };
    }
}
