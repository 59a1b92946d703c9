using System.Globalization;
using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The demonstration, which needs nothing.</summary>
public sealed class DemoTests(DemoModel demo) : IClassFixture<DemoModel>
{
    [Fact]
    public void Every_recognized_gesture_has_a_line()
    {
        (string Seconds, string Label, string Score)[] printed = [.. Events(demo.Text).Select(words => (words[0], words[1], words[2]))];
        (string, string, string)[] known = [.. Events().Select(found => (Text(found, "seconds"), found.GetProperty("label").GetString()!, Text(found, "score")))];
        Assert.NotEmpty(known);
        Assert.Equal(known, printed);
    }

    [Fact]
    public void Most_gestures_are_recognized_and_little_else()
    {
        JsonElement run = demo.Document.GetProperty("run");
        int made = run.GetProperty("made").GetInt32();
        Assert.Equal(16, made);
        Assert.InRange(run.GetProperty("recognized").GetInt32(), 0.8 * made, made);
        Assert.InRange(run.GetProperty("false").GetInt32(), 0, 0.1 * made);
        Assert.Equal(Events().Count(found => Made(found) != found.GetProperty("label").GetString()), run.GetProperty("false").GetInt32());
        Assert.All(Events().Where(found => Made(found) is not null), found => Assert.InRange(found.GetProperty("delaySeconds").GetDouble(), -1.5, 1));
        Assert.All(Events(), found => Assert.InRange(found.GetProperty("score").GetDouble(), 0.6, 1));
    }

    [Fact]
    public void The_sensor_gives_every_sample_and_inferences_allocate_nothing()
    {
        JsonElement run = demo.Document.GetProperty("run");
        Assert.Equal(0, run.GetProperty("allocatedBytes").GetInt64());
        Assert.Equal(0, run.GetProperty("lost").GetInt64());
        Assert.Equal("MPU-6050", run.GetProperty("sensor").GetString());
        Assert.Equal(run.GetProperty("seconds").GetDouble() * run.GetProperty("sampleRate").GetDouble(), run.GetProperty("samples").GetInt64(), 1.0);
        Assert.True(run.GetProperty("decisions").GetInt32() > 300);
        Assert.InRange(run.GetProperty("latency").GetProperty("minimum").GetDouble(), 1, run.GetProperty("latency").GetProperty("median").GetDouble());
    }

    [Fact]
    public void Accuracy_is_that_of_people_who_were_not_seen_and_packing_keeps_it()
    {
        JsonElement model = demo.Document.GetProperty("model");
        double accuracy = model.GetProperty("floatAccuracy").GetDouble();
        Assert.InRange(accuracy, 95, 100);
        Assert.InRange(model.GetProperty("packedAccuracy").GetDouble(), accuracy - 1, 100);
        Assert.Equal(["rest", "swipe", "circle", "shake", "tap"], model.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Matches(@"(?m)^accuracy +float 9\d\.\d %, packed 9\d\.\d %", demo.Text);
    }

    [Fact]
    public void Files_are_written_and_are_what_was_said_of_them()
    {
        string[] paths = [.. demo.Document.GetProperty("files").EnumerateObject().Select(file => file.Value.GetString()!)];
        Assert.Equal(7, paths.Length);
        Assert.All(paths, path => Assert.True(new FileInfo(path).Length > 0, path));
        Assert.Equal(new FileInfo(demo.Second("gestures.eqm")).Length, demo.Document.GetProperty("model").GetProperty("fileBytes").GetInt64());
        Assert.Equal(new FileInfo(demo.Second("gestures.onnx")).Length, demo.Document.GetProperty("model").GetProperty("onnxBytes").GetInt64());
        Assert.Contains("<html", File.ReadAllText(demo.Second("report.html")), StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(demo.Second("report.json")));
        Assert.Equal("top-1", report.RootElement.GetProperty("accuracy")[0].GetProperty("measure").GetString());
        Assert.Matches(@"(?m)^report page +.*report\.html", demo.Text);
    }

    [Fact]
    public void Everything_is_the_same_on_every_run()
    {
        Assert.All(
            ["gestures.onnx", "gestures.eqm", "front-end.json", "decision.json", "recording.csv"],
            name => Assert.Equal(File.ReadAllBytes(demo.First(name)), File.ReadAllBytes(demo.Second(name))));
    }

    [Fact]
    public void What_it_says_comes_next_works()
    {
        string[] command = demo.Text.Split('\n').Single(line => line.TrimStart().StartsWith("edgequant simulate", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("--web", command[^1]);
        JsonElement summary = ToolProcess.Run([.. command[1..^1], "--json"]).Succeeded().Json().GetProperty("summary");
        Assert.Equal(demo.Document.GetProperty("run").GetProperty("decisions").GetInt32(), summary.GetProperty("decisions").GetInt32());
        Assert.Equal(Events().Length, summary.GetProperty("labels").EnumerateArray().Sum(label => label.GetProperty("events").GetInt32()));
        Assert.Contains($"edgequant deploy {command[2]} --host ", demo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_file_can_be_looked_into()
    {
        JsonElement report = ToolProcess.Run("inspect", demo.First("gestures.eqm"), "--json").Succeeded().Json();
        Assert.Contains(report.GetProperty("operators").EnumerateArray(), op => op.GetProperty("kind").GetString() == "Softmax");
        Assert.Equal(demo.Document.GetProperty("model").GetProperty("conversion").GetProperty("arenaBytes").GetInt32(), report.GetProperty("arenaBytes").GetInt32());
    }

    private JsonElement[] Events()
    {
        return [.. demo.Document.GetProperty("run").GetProperty("events").EnumerateArray()];
    }

    private static string? Made(JsonElement found)
    {
        return found.GetProperty("made").GetString();
    }

    private static string Text(JsonElement found, string name)
    {
        return found.GetProperty(name).GetDouble().ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>The words of the printed lines that begin with a time.</summary>
    private static IEnumerable<string[]> Events(string text)
    {
        return text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 3 && double.TryParse(words[0], CultureInfo.InvariantCulture, out _));
    }
}
