using System.Globalization;

namespace EdgeQuant.Boards.Simulator;

/// <summary>A fault of a simulated device, in time.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="From">When it starts, since the clock's start.</param>
/// <param name="To">When it is over; <see cref="TimeSpan.MaxValue"/>: never.</param>
public sealed record Fault(FaultKind Kind, TimeSpan From, TimeSpan To)
{
    private const double LongestSeconds = 1e9;

    private static readonly IReadOnlyDictionary<string, FaultKind> s_words = new Dictionary<string, FaultKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["absent"] = FaultKind.Absent,
        ["bus-error"] = FaultKind.BusError,
        ["stuck"] = FaultKind.Stuck,
        ["saturated"] = FaultKind.Saturated,
        ["late"] = FaultKind.Late,
        ["lost"] = FaultKind.Lost,
        ["other-chip"] = FaultKind.OtherChip,
    };

    /// <summary>Reads <c>KIND@TIME</c> or <c>KIND@TIME:DURATION</c>, both in seconds: <c>stuck@2.5:1</c>. Without a duration it never ends.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is allowed.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('@');
        string[] times = parts.Length == 2 ? parts[1].Split(':') : [];
        double duration = double.PositiveInfinity;
        return times.Length is 1 or 2
            && s_words.TryGetValue(parts[0], out FaultKind kind)
            && Seconds(times[0], out double from)
            && (times.Length == 1 || Seconds(times[1], out duration))
            ? new Fault(kind, TimeSpan.FromSeconds(from), double.IsInfinity(duration) ? TimeSpan.MaxValue : TimeSpan.FromSeconds(from + duration))
            : throw new FormatException(
                $"\"{text}\" is no fault: expected KIND@TIME or KIND@TIME:DURATION with seconds from 0 on, such as stuck@2.5:1; kinds are {string.Join(", ", s_words.Keys)}.");
    }

    /// <summary>Whether it is there at a time.</summary>
    public bool IsActive(TimeSpan time)
    {
        return time >= From && time < To;
    }

    private static bool Seconds(string text, out double seconds)
    {
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds <= LongestSeconds;
    }
}
