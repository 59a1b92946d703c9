using System.Globalization;
using System.Text.Json;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>From a recording through a simulated sensor to labels.</summary>
public sealed class SimulateTests : IClassFixture<SimulateTests.Model>, IDisposable
{
    /// <summary>Two samples of three axes are one input of the network; 4096 counts to the g.</summary>
    private const double PerCount = 1.0 / 4096;
    private const int Rate = 50;
    private const int Axes = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly Model _model;

    public SimulateTests(Model model)
    {
        _model = model;
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void Decisions_are_those_of_the_samples_in_the_recording()
    {
        float[] values = Shaking(400);
        JsonElement document = Simulate(values, "--json").Succeeded().Json();
        JsonElement[] decisions = [.. document.GetProperty("decisions").EnumerateArray()];
        List<(string Label, double Score, bool IsEvent)> expected = Expected(values);
        Assert.Equal(200, decisions.Length);
        Assert.Equal(expected, decisions.Select(decision => (decision.GetProperty("label").GetString()!, decision.GetProperty("score").GetDouble(), decision.GetProperty("isEvent").GetBoolean())));
        Assert.True(expected.Select(decision => decision.Label).Distinct().Count() > 1, "the samples reach one label only");
        double[] times = [.. decisions.Select(decision => decision.GetProperty("time").GetDouble())];
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(2.0 / Rate, pair.Second - pair.First, 0.021));
        Assert.All(decisions, decision => Assert.InRange(decision.GetProperty("latency").GetDouble(), 0.001, 1e6));

        JsonElement summary = document.GetProperty("summary");
        Assert.Equal("simulator", document.GetProperty("board").GetString());
        Assert.Equal(("MPU-6050", 50.0), (summary.GetProperty("sensor").GetString(), summary.GetProperty("sampleRate").GetDouble()));
        Assert.Equal((400, 0, 200), (summary.GetProperty("samples").GetInt32(), summary.GetProperty("lost").GetInt32(), summary.GetProperty("decisions").GetInt32()));
        Assert.Equal(2e6 / Rate, summary.GetProperty("deadline").GetDouble());
        Assert.Equal(0, summary.GetProperty("allocatedBytes").GetInt64());
        Dictionary<string, int> counts = summary.GetProperty("labels").EnumerateArray().ToDictionary(label => label.GetProperty("label").GetString()!, label => label.GetProperty("decisions").GetInt32());
        Assert.Equal(["north", "east", "south", "west", "unknown"], counts.Keys);
        Assert.All(counts, count => Assert.Equal(expected.Count(decision => decision.Label == count.Key), count.Value));
    }

    [Fact]
    public void People_read_a_line_for_each_decision_and_a_summary()
    {
        string[] lines = Simulate(Shaking(40)).Succeeded().Output.Split('\n');
        Assert.Equal(20, lines.TakeWhile(line => line.Length > 0).Count());
        Assert.Matches(@"^ +0\.\d{3} s  (north|east|south|west|unknown) +[01]\.\d\d  (event|     )  [\d.]+ (ns|µs|ms)", lines[0]);
        string summary = string.Join('\n', lines.SkipWhile(line => line.Length > 0));
        Assert.Matches(@"sensor +MPU-6050 with aX, aY, aZ at 50 Hz", summary);
        Assert.Matches(@"decisions +20, one every 40\.0 ms; \d+ missed that deadline", summary);
        Assert.Matches(@"latency +mean .*, longest .*", summary);
        Assert.Matches(@"allocated +0 bytes after load", summary);
        Assert.Matches(@"unknown +\d+ +0", summary);
    }

    [Theory]
    [InlineData("mpu6886", "MPU-6886")]
    [InlineData("adxl345", "ADXL345")]
    public void The_sensor_can_be_another_one(string name, string sensor)
    {
        JsonElement document = ToolProcess.Run("simulate", Converted("m100.eqm", 100), "--recording", Csv(Shaking(400)), "--sensor", name, "--json").Succeeded().Json();
        Assert.Equal(sensor, document.GetProperty("summary").GetProperty("sensor").GetString());
        Assert.Equal(200, document.GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public void The_sensor_s_range_can_be_another_one()
    {
        float[] strong = [.. Shaking(100).Select(value => 3 + (value / 10))];
        Assert.Equal(0, Simulate(strong, "--json").Succeeded().Json().GetProperty("events").GetArrayLength());
        JsonElement narrow = Simulate(strong, "--json", "--range", "2").Succeeded().Json();
        Assert.Equal("samples-saturated", Assert.Single(narrow.GetProperty("events").EnumerateArray()).GetProperty("kind").GetString());
        Simulate(strong, "--range", "3").Failed(2, "2, 4, 8, 16");
        Simulate(strong, "--range", "0").Failed(2, "--range is '0'");
        Simulate(strong, "--rotation-range", "500").Succeeded();
        Simulate(strong, "--rotation-range", "300").Failed(2, "250, 500, 1000, 2000");
        Simulate(strong, "--sensor", "adxl345", "--rotation-range", "500").Failed(2, "adxl345 has no gyroscope");
    }

    [Fact]
    public void Compact_weights_and_threads_decide_the_same()
    {
        Assert.Equal(Decided(), Decided("--compact"));
        Assert.Equal(Decided(), Decided("--threads", "2"));
        Simulate(Shaking(500), "--threads", "65").Failed(2, "allowed are whole numbers from 1 to 64");
        Simulate(Shaking(500), "--threads", "2", "--compact").Failed(2, "--compact computes with one thread");

        string[] Decided(params string[] more)
        {
            JsonElement document = Simulate(Shaking(500), ["--json", .. more]).Succeeded().Json();
            return [.. document.GetProperty("decisions").EnumerateArray().Select(decision => $"{decision.GetProperty("time")} {decision.GetProperty("label")} {decision.GetProperty("score")}")];
        }
    }

    [Theory]
    [InlineData("stuck@2:4", "samples-stuck,samples-good")]
    [InlineData("saturated@2:1", "samples-saturated,samples-good")]
    [InlineData("absent@2:1", "sensor-gone,sensor-back")]
    [InlineData("bus-error@2:1", "sensor-gone,sensor-back")]
    [InlineData("late@2:1.4", "samples-late,samples-good")]
    [InlineData("lost@2:0.5", "samples-lost")]
    [InlineData("absent@2", "sensor-gone")]
    public void What_goes_wrong_is_reported_and_not_classified(string fault, string kinds)
    {
        JsonElement document = Simulate(Shaking(500), "--json", "--fault", fault).Succeeded().Json();
        JsonElement[] events = [.. document.GetProperty("events").EnumerateArray()];
        Assert.Equal(kinds, string.Join(',', events.Select(happening => happening.GetProperty("kind").GetString())));
        Assert.All(events, happening => Assert.InRange(happening.GetProperty("time").GetDouble(), 2, 7));
        Assert.All(events, happening => Assert.NotEmpty(happening.GetProperty("message").GetString()!));
        double[] decided = [.. document.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("time").GetDouble())];
        double from = events[0].GetProperty("time").GetDouble();
        double to = events.Length > 1 ? events[1].GetProperty("time").GetDouble() : from;
        Assert.Contains(decided, time => time < from);
        Assert.DoesNotContain(decided, time => time > from && time < to);
        Assert.Equal(fault == "absent@2", !decided.Any(time => time > to));
        Assert.Equal(kinds == "samples-lost" ? 25 : 0, document.GetProperty("summary").GetProperty("lost").GetInt32(), 2.0);
    }

    [Fact]
    public void A_sensor_that_is_not_there_from_the_start_fails_as_a_device()
    {
        Simulate(Shaking(10), "--fault", "absent@0").Failed(5, "No device answers at address 0x68 of I2C bus 1").Failed(5, "i2cdetect");
    }

    [Fact]
    public void A_sensor_that_is_another_one_fails_as_a_device()
    {
        Simulate(Shaking(10), "--fault", "other-chip@0").Failed(5, "The device at address 0x68 of I2C bus 1 is no MPU-6050: its identity is 0x71, expected is 0x68.");
        Simulate(Shaking(500), "--fault", "other-chip@2:1").Succeeded();
    }

    [Fact]
    public void A_rate_that_the_sensor_does_not_do_is_of_a_model_that_does_not_suit_it()
    {
        // The MPU-6050 divides 1,000 Hz, the ADXL345 halves 3,200.
        string model = Converted("m119.eqm", 119);
        string csv = Csv(Shaking(10));
        ToolProcess.Run("simulate", model, "--recording", csv).Failed(3, "The MPU-6050 cannot take 119 samples a second").Failed(3, "111.111 or 125 Hz");
        ToolProcess.Run("simulate", model, "--recording", csv, "--sensor", "adxl345").Failed(3, "100 or 200 Hz");
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_with_both_sides()
    {
        string csv = Csv(Shaking(10));
        Simulate(Shaking(10), "--rate", "100").Failed(2, "The recording has 100 samples a second, and the model's front end takes 50");
        Simulate(Shaking(10), "--sensor", "bme280").Failed(2, "the sensor bme280 has no channel for it");
        Simulate(Shaking(10), "--sensor", "lidar").Failed(2, "Use one of mpu6050");
        Simulate(Shaking(10), "--fault", "broken@1").Failed(2, "absent, bus-error, stuck, saturated, late, lost");
        Simulate(Shaking(10), "--board", "toaster").Failed(3, "There is no board 'toaster'");
        string columns = _folder.Write("columns.csv", "aX,aY,gZ\n1,2,3\n"u8.ToArray());
        ToolProcess.Run("simulate", _model.Path, "--recording", columns).Failed(2, "The recording has no column aZ, only aX, aY, gZ");
        string bare = _folder.File("bare.eqm");
        ToolProcess.Run("convert", _model.Network.Path, "-o", bare, "--data", _model.Network.Samples).SucceededWithWarnings();
        ToolProcess.Run("simulate", bare, "--recording", csv).Failed(3, "no signal section").Failed(3, "--front-end");
    }

    [Fact]
    public void A_file_is_simulated_on_boards_that_it_was_made_for_and_refused_for_others()
    {
        string esp32 = _folder.File("esp32.eqm");
        string front = _folder.Write("F.json", System.Text.Encoding.UTF8.GetBytes(FrontEnd(Rate)));
        ToolProcess.Run("convert", _model.Network.Path, "-o", esp32, "--data", _model.Network.Samples, "--front-end", front, "--board", "esp32-devkitc").SucceededWithWarnings();
        string csv = Csv(Shaking(40));
        JsonElement own = ToolProcess.Run("simulate", esp32, "--board", "esp32-devkitc", "--recording", csv, "--json").Succeeded().Json();
        Assert.Equal("esp32-devkitc", own.GetProperty("board").GetString());

        // The simulator takes every board's part; an ESP32-C3 runs what an ESP32 runs; a Raspberry Pi does not.
        ToolProcess.Run("simulate", esp32, "--recording", csv).Succeeded();
        ToolProcess.Run("simulate", esp32, "--board", "esp32-c3", "--recording", csv).Succeeded();
        ToolProcess.Run("simulate", esp32, "--board", "raspberry-pi-5", "--recording", csv)
            .Failed(3, "The file was made for the board esp32-devkitc, which runs nanoFramework; raspberry-pi-5 runs net.").Failed(3, "--board");
        ToolProcess.Run("deploy", esp32, "--host", "nobody@127.0.0.1").Failed(3, "The file was made for the board esp32-devkitc");

        // One that was made for no board in particular goes everywhere where it fits.
        ToolProcess.Run("simulate", _model.Path, "--board", "raspberry-pi-5", "--recording", csv).Succeeded();
        string small = _folder.Write("small.json", System.Text.Encoding.UTF8.GetBytes(BoardTests.Small()));
        ToolProcess.Run("simulate", _model.Path, "--board", small, "--recording", csv).Failed(1, "The model does not fit small.");
    }

    [Theory]
    [InlineData("aX,aY,aZ\n1,2,3\n1,x,3\n", "line 3, column 2: expected a number, found \"x\"")]
    [InlineData("aX,aY,aZ\n1,2\n", "line 2: expected 3 numbers")]
    [InlineData("1,2,3\n1,2,3\n", "line 1: expected the channels' names")]
    [InlineData("", "line 1")]
    public void A_recording_that_is_none_is_refused_with_its_place(string text, string place)
    {
        string csv = _folder.Write("bad.csv", System.Text.Encoding.UTF8.GetBytes(text));
        ToolProcess.Run("simulate", _model.Path, "--recording", csv).Failed(3, "bad.csv, " + place);
    }

    [Fact]
    public void Gestures_go_through_a_magic_wand()
    {
        string recording = Path.Combine(Repository.Shared, "data", "gestures", "nano_hori.csv");
        Assert.SkipUnless(Golden.Available && File.Exists(recording), Golden.Absent);

        // The network was trained on thousandths of g; a count of the sensor is 1/8192 g.
        const string Front = """
            { "kind": "raw", "sampleRate": 100, "stride": 32, "channels": [ { "perCount": 0.1220703125 }, { "perCount": 0.1220703125 }, { "perCount": 0.1220703125 } ] }
            """;
        string front = _folder.Write("F.json", System.Text.Encoding.UTF8.GetBytes(Front));
        string decision = _folder.Write("D.json", """{ "labels": ["wing", "ring", "slope", "none"], "quiet": ["none"], "threshold": 0.6 }"""u8.ToArray());
        string model = _folder.File("wand.eqm");
        string wand = Path.Combine(Golden.Networks().Single(golden => golden.Name == "mltk_tflite_micro_magic_wand").Folder, "model.tflite");
        ToolProcess.Run("convert", wand, "-o", model, "--front-end", front, "--decision", decision).Succeeded();
        JsonElement summary = ToolProcess.Run("simulate", model, "--board", "simulator", "--recording", recording, "--json").Succeeded().Json().GetProperty("summary");
        int samples = File.ReadLines(recording).Skip(1).Count(line => line.Length > 0);
        Assert.Equal((samples, 0), (summary.GetProperty("samples").GetInt32(), summary.GetProperty("lost").GetInt32()));
        Assert.Equal(((samples - 128) / 32) + 1, summary.GetProperty("decisions").GetInt32());
        Assert.Equal(0, summary.GetProperty("allocatedBytes").GetInt64());
        Assert.True(summary.GetProperty("labels").EnumerateArray().Count(label => label.GetProperty("decisions").GetInt32() > 0) > 1, "one label for all gestures");
    }

    private static string FrontEnd(int rate)
    {
        string channel = string.Create(CultureInfo.InvariantCulture, $$"""{ "unit": "g", "perCount": {{PerCount}} }""");
        return $$"""{ "kind": "raw", "sampleRate": {{rate}}, "channels": [{{string.Join(", ", Enumerable.Repeat(channel, Axes))}}] }""";
    }

    /// <summary>Decisions of a pipeline that gets what the recording holds, by way of the sensor's counts of 1/8192 g.</summary>
    private List<(string Label, double Score, bool IsEvent)> Expected(float[] values)
    {
        Pipeline pipeline = Pipeline.Load(File.ReadAllBytes(_model.Path));
        short[] counts = [.. values.Select(value => (short)Math.Round(Math.Round(value * 8192) / 8192 / PerCount))];
        List<(string Label, double Score, bool IsEvent)> decisions = [];
        for (int at = 0; at < counts.Length;)
        {
            at += pipeline.Push(counts.AsSpan(at)) * Axes;
            if (pipeline.Decided)
            {
                Decision decision = pipeline.Decision;
                decisions.Add((decision.Label < 0 ? "unknown" : pipeline.Label(decision.Label), decision.Score / 32768f, decision.Raised));
            }
        }

        return decisions;
    }

    private string Converted(string name, int rate)
    {
        string front = _folder.Write("F.json", System.Text.Encoding.UTF8.GetBytes(FrontEnd(rate)));
        string model = _folder.File(name);
        ToolProcess.Run("convert", _model.Network.Path, "-o", model, "--data", _model.Network.Samples, "--front-end", front).SucceededWithWarnings();
        return model;
    }

    private ToolRun Simulate(float[] values, params string[] options)
    {
        return ToolProcess.Run(["simulate", _model.Path, "--recording", Csv(values), .. options]);
    }

    private string Csv(float[] values)
    {
        IEnumerable<string> lines = values.Chunk(Axes).Select(sample => string.Join(',', sample.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        return _folder.Write("recording.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend("aX,aY,aZ"))));
    }

    private static float[] Shaking(int samples)
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, samples * Axes).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>A network of six numbers, quantized, with a front end.</summary>
    public sealed class Model : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Model()
        {
            string front = _folder.Write("F.json", System.Text.Encoding.UTF8.GetBytes(FrontEnd(Rate)));
            string decision = _folder.Write("D.json", """{ "labels": ["north", "east", "south", "west"], "threshold": 0.1, "quiet": ["west"] }"""u8.ToArray());
            Path = _folder.File("model.eqm");
            ToolProcess.Run("convert", Network.Path, "-o", Path, "--data", Network.Samples, "--front-end", front, "--decision", decision).SucceededWithWarnings();
        }

        /// <summary>The float network.</summary>
        public FloatModel Network { get; } = new();

        /// <summary>The model file.</summary>
        public string Path { get; }

        public void Dispose()
        {
            Network.Dispose();
            _folder.Dispose();
        }
    }
}
