using System.Text.Json;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>Decisions that can be told apart by their sample, and what lines say of them.</summary>
internal static class Decisions
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DecisionRecord Of(long sample, string label = "wave", bool raised = false)
    {
        return new DecisionRecord(Start.AddSeconds(sample), label == DecisionRecord.UnknownText ? -1 : 1, label, 0.9375f, raised, TimeSpan.FromMicroseconds(412), sample);
    }

    public static DeviceEvent Event(DeviceEventKind kind = DeviceEventKind.Running)
    {
        return new DeviceEvent(Start, kind, "ten decisions");
    }

    /// <summary>The samples of the decisions among lines, in their order. A line that is no JSON is passed over if it was cut.</summary>
    public static long[] Samples(IEnumerable<string> lines)
    {
        List<long> samples = [];
        foreach (string line in lines)
        {
            using JsonDocument? json = line.EndsWith('}') ? JsonDocument.Parse(line) : null;
            if (json is not null && json.RootElement.TryGetProperty("sample", out JsonElement sample))
            {
                samples.Add(sample.GetInt64());
            }
        }

        return [.. samples];
    }
}
