using System.Text;
using System.Text.Json.Nodes;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Converter.Tests.Json;
using EdgeQuant.Tests.Support;
using Json.Schema;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>The schemas of front ends and decisions allow and refuse what their readers do.</summary>
public sealed class SignalSchemaTests
{
    private const string Raw = """
        { "$schema": "front-end.schema.json", "kind": "raw", "sampleRate": 50, "channels": [{ "name": "x", "unit": "g", "perCount": 0.001 }, {}], "stride": 25 }
        """;

    private const string Network = """
        { "kind": "network", "sampleRate": 16000, "channels": [{ "unit": "full scale" }], "file": "features.tflite", "hopSamples": 320, "stride": 1 }
        """;

    private const string LogMel = """
        {
          "kind": "logMel", "sampleRate": 16000, "channels": [{ "unit": "full scale" }], "frameSamples": 480, "hopSamples": 160, "bands": 40, "lowest": 125,
          "highest": 7500, "stride": 1
        }
        """;

    private const string Cepstral = """
        { "kind": "mfcc", "sampleRate": 16000, "channels": [{}], "frameSamples": 640, "bands": 40, "lowest": 20, "highest": 4000, "coefficients": 10 }
        """;

    private const string MicroSpeech = """
        {
          "kind": "microSpeech", "sampleRate": 16000, "channels": [{ "unit": "full scale" }], "frameSamples": 480, "hopSamples": 160, "bands": 40, "lowest": 125,
          "highest": 7500
        }
        """;

    private const string Motion = """
        {
          "kind": "motionStatistics", "sampleRate": 50, "channels": [{ "unit": "g" }, {}], "frameSamples": 100, "hopSamples": 50,
          "statistics": [{ "name": "mean", "offset": 0.5, "scale": 2 }, { "name": "bandAmplitudes" }], "bandEdges": [1, 3, 10]
        }
        """;

    private const string Decision = """
        {
          "$schema": "decision.schema.json", "output": 0, "labels": ["yes", "no"], "threshold": 0.5, "thresholds": { "yes": 0.6 }, "release": 0.5,
          "average": 3, "votes": 5, "votesNeeded": 3, "suppressionMilliseconds": 1000, "quiet": ["no"]
        }
        """;

    /// <summary>What depends on other values, which schemas cannot say: these are refused by the reader alone.</summary>
    private static readonly string[] s_relatedInDecisions = ["without /threshold", "without /votes", "/votes as", "/threshold as", "/votesNeeded as"];

    private static readonly string[] s_relatedInFrontEnds = ["/sampleRate as", "/lowest as", "/highest as", "/bandEdges/"];

    [Theory]
    [InlineData(Raw)]
    [InlineData(Network)]
    [InlineData(LogMel)]
    [InlineData(Cepstral)]
    [InlineData(MicroSpeech)]
    [InlineData(Motion)]
    public void A_front_end(string document)
    {
        int refused = Compare(Path.Combine("Signal", "front-end.schema.json"), document, json => FrontEndReader.Read(json, "F.json"), s_relatedInFrontEnds);

        Assert.True(refused > 40, $"{refused} changes were refused");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Channels_are_as_many_as_a_file_can_hold(int count, bool allowed)
    {
        JsonNode document = JsonNode.Parse(Raw)!;
        document["channels"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => new JsonObject())]);

        Assert.Equal(allowed, JsonSchema.FromFile(Path.Combine(Repository.Root, "converter", "Signal", "front-end.schema.json")).Evaluate(document).IsValid);
        Assert.Equal(allowed, IsRead(document, json => FrontEndReader.Read(json, "F.json")));
    }

    [Fact]
    public void A_decision()
    {
        int refused = Compare(Path.Combine("Decisions", "decision.schema.json"), Decision, json => DecisionReader.Read(json, "D.json"), s_relatedInDecisions);

        Assert.True(refused > 60, $"{refused} changes were refused");
    }

    private static int Compare(string file, string document, Func<byte[], object> read, string[] related)
    {
        JsonSchema schema = JsonSchema.FromFile(Path.Combine(Repository.Root, "converter", file));
        JsonNode whole = JsonNode.Parse(document)!;
        Assert.True(schema.Evaluate(whole).IsValid);
        Assert.True(IsRead(whole, read));
        int refused = 0;
        foreach ((string what, JsonNode changed) in ChangedDocuments.Of(whole))
        {
            bool allowed = schema.Evaluate(changed).IsValid;
            bool isRead = IsRead(changed, read);
            bool mayDiffer = allowed && !isRead && related.Any(relation => what.StartsWith(relation, StringComparison.Ordinal));
            Assert.True(allowed == isRead || mayDiffer, $"{what}: the schema {(allowed ? "allows" : "refuses")} it, the reader does not.");
            refused += isRead ? 0 : 1;
        }

        return refused;
    }

    private static bool IsRead(JsonNode document, Func<byte[], object> read)
    {
        try
        {
            return read(Encoding.UTF8.GetBytes(document.ToJsonString())) is not null;
        }
        catch (SignalException)
        {
            return false;
        }
    }
}
