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
        FrontEnd frontEnd = new()
        {
            Kind = kind,
            SampleRate = reader.Number("sampleRate", rate => rate is >= LeastRate and <= MostRate, $"{LeastRate} to {MostRate} (hertz)") ?? 1,
            Channels = [.. reader.Array("channels").Select(part => Channel(part, problems))],
            File = kind == FrontEndKind.Network ? reader.Text("file") : null,
            HopSamples = kind == FrontEndKind.Network ? reader.Whole("hopSamples", 1) : null,
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

        reader.End();
        return frontEnd;
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
