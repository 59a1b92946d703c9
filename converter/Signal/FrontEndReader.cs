using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Json;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Converter.Signal;

/// <summary>Reads front ends from JSON (<c>converter/Signal/README.md</c>); nothing in it is believed unchecked.</summary>
internal static class FrontEndReader
{
    private const double LeastRate = 0.001;
    private const double MostRate = int.MaxValue / 1000;

    /// <summary>Reads a front end.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It is no front end: everything that is wrong with it.</exception>
    public static FrontEnd Read(ReadOnlySpan<byte> json, string source)
    {
        List<JsonProblem> problems = [];
        JsonPart? document = JsonPartReader.Read(json, problems);
        FrontEnd? frontEnd = document is null ? null : Read(document, problems);
        return frontEnd is not null && problems.Count == 0 ? frontEnd : throw new SignalException(source, problems);
    }

    private static FrontEnd Read(JsonPart document, List<JsonProblem> problems)
    {
        ObjectReader reader = new(document, problems);
        _ = reader.Text("$schema");
        reader.Require("kind", string.Join(", ", Words.Of<FrontEndKind>().Select(word => $"\"{word}\"")));
        reader.Require("sampleRate", "hertz");
        reader.Require("channels", "an array with an object for each channel");
        FrontEndKind kind = reader.Word<FrontEndKind>("kind") ?? default;
        double? sampleRate = reader.Number("sampleRate", rate => rate is >= LeastRate and <= MostRate, $"{LeastRate} to {MostRate} (hertz)");
        FrontEnd frontEnd = new()
        {
            Kind = kind,
            SampleRate = sampleRate ?? 1,
            Channels = [.. reader.Array("channels").Select(part => Channel(part, problems))],
            File = kind == FrontEndKind.Network ? reader.Text("file") : null,
            HopSamples = kind != FrontEndKind.Raw ? reader.Whole("hopSamples", 1) : null,
            Mel = kind is FrontEndKind.LogMel or FrontEndKind.Mfcc or FrontEndKind.MicroSpeech ? Mel(reader, kind, sampleRate ?? MostRate) : null,
            Motion = kind == FrontEndKind.MotionStatistics ? Motion(reader, sampleRate ?? MostRate, problems) : null,
            Stride = reader.Whole("stride", 1),
        };
        if (kind == FrontEndKind.Network)
        {
            reader.Require("file", "with the kind \"network\", the network's file");
        }

        if (reader.Part("channels") is JsonPart channels && frontEnd.Channels.Count is 0 or > ModelLayout.MaximumSignalChannels)
        {
            problems.Add(new JsonProblem(channels.Place, $"{frontEnd.Channels.Count} channels", $"1 to {ModelLayout.MaximumSignalChannels}"));
        }

        if (frontEnd.Mel is not null && reader.Part("channels") is JsonPart several && frontEnd.Channels.Count > 1)
        {
            problems.Add(new JsonProblem(several.Place, $"{frontEnd.Channels.Count} channels", $"1 with the kind \"{Words.Of(kind)}\""));
        }

        reader.End();
        return frontEnd;
    }

    private static MelSettings Mel(ObjectReader reader, FrontEndKind kind, double sampleRate)
    {
        reader.Require("frameSamples", "with this kind, the samples of a frame");
        reader.Require("bands", "with this kind, their number");
        reader.Require("lowest", "with this kind, where the first band begins (hertz)");
        reader.Require("highest", "with this kind, where the last band ends (hertz)");
        double lowest = reader.Number("lowest", hertz => hertz >= 0 && hertz < sampleRate / 2, "0 to below half the sample rate (hertz)") ?? 0;
        int fewest = kind == FrontEndKind.MicroSpeech ? MicroSpeechFrontEnd.FewestFrameSamples : 2;
        int bands = reader.Whole("bands", 1, MelSettings.MostBands) ?? MelSettings.MostBands;
        if (kind == FrontEndKind.Mfcc)
        {
            reader.Require("coefficients", "with the kind \"mfcc\", their number");
        }

        return new MelSettings
        {
            FrameSamples = reader.Whole("frameSamples", fewest, MelSettings.MostFrameSamples) ?? fewest,
            Bands = bands,
            Lowest = lowest,
            Highest = reader.Number("highest", hertz => hertz > lowest && hertz <= sampleRate / 2, "above the lowest, at most half the sample rate (hertz)") ?? (lowest + 1),
            Coefficients = kind == FrontEndKind.Mfcc ? reader.Whole("coefficients", 1, bands) ?? 1 : null,
        };
    }

    private static MotionSettings Motion(ObjectReader reader, double sampleRate, List<JsonProblem> problems)
    {
        reader.Require("frameSamples", "with this kind, the samples of a frame");
        reader.Require("statistics", "with this kind, an array with an object for each statistic");
        MotionStatistic[] statistics = [.. reader.Array("statistics").Select(part => Statistic(part, problems))];
        if (reader.Part("statistics") is JsonPart all && statistics.Length == 0)
        {
            problems.Add(new JsonProblem(all.Place, "0 statistics", "1 or more"));
        }

        bool hasBands = Array.Exists(statistics, statistic => statistic.Kind == StatisticKind.BandAmplitudes);
        if (hasBands)
        {
            reader.Require("bandEdges", "with the statistic \"bandAmplitudes\", where bands begin and end (hertz)");
        }

        double[] edges = hasBands ? [.. reader.Array("bandEdges").Select(part => Edge(part, sampleRate, reader))] : [];
        if (hasBands && reader.Part("bandEdges") is JsonPart bands && (edges.Length is < 2 or > MotionSettings.MostBands + 1 || !edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second)))
        {
            problems.Add(new JsonProblem(bands.Place, string.Join(", ", edges), $"2 to {MotionSettings.MostBands + 1} numbers, ascending (hertz)"));
        }

        return new MotionSettings
        {
            FrameSamples = reader.Whole("frameSamples", 1, SignalStatistics.MostSamples) ?? 1,
            Statistics = statistics,
            BandEdges = edges,
        };
    }

    private static MotionStatistic Statistic(JsonPart part, List<JsonProblem> problems)
    {
        ObjectReader reader = new(part, problems);
        reader.Require("name", string.Join(", ", Words.Of<StatisticKind>().Select(word => $"\"{word}\"")));
        MotionStatistic statistic = new(
            reader.Word<StatisticKind>("name") ?? default,
            reader.Number("offset", offset => float.IsFinite((float)offset), "a number in float32's range (in the statistic's unit)") ?? 0,
            reader.Number("scale", scale => scale > 0 && float.IsNormal((float)scale), "a number above 0, in float32's range (in the statistic's unit)") ?? 1);
        reader.End();
        return statistic;
    }

    private static double Edge(JsonPart part, double sampleRate, ObjectReader reader)
    {
        double? edge = ObjectReader.NumberOf(part);
        if (edge is null or < 0 || edge > sampleRate)
        {
            reader.Refuse(part, "a number from 0 to the sample rate (hertz)");
        }

        return edge ?? 0;
    }

    private static FrontEndChannel Channel(JsonPart part, List<JsonProblem> problems)
    {
        ObjectReader reader = new(part, problems);
        FrontEndChannel channel = new()
        {
            Name = reader.Text("name"),
            Unit = reader.Part("unit") is JsonPart unit && reader.Word(unit, UnitWords.All) is int index ? Enum.GetValues<SignalUnit>()[index] : SignalUnit.None,
            PerCount = reader.Number("perCount", perCount => perCount > 0 && float.IsNormal((float)perCount), "a number above 0, in float32's range (units of one count)") ?? 1,
        };
        reader.End();
        return channel;
    }
}
