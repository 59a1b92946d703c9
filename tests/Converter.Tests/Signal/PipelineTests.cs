using System.Text;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>Pipelines of real networks: the same as windows, scaling and scores by hand.</summary>
public sealed class PipelineTests
{
    private const string Raw = """
        { "kind": "raw", "sampleRate": 50, "stride": STRIDE, "channels": [
          { "name": "x", "unit": "g", "perCount": 0.002 }, { "name": "y", "unit": "g", "perCount": 0.002 }, { "name": "z", "unit": "g", "perCount": 0.002 }] }
        """;

    private static readonly Lazy<byte[]> s_wand = new(() => ModelConverter.Convert(Golden.Networks().Single(golden => golden.Name == "mltk_tflite_micro_magic_wand").Model, new ConversionOptions()).File);

    [Theory]
    [InlineData(128)]
    [InlineData(32)]
    [InlineData(200)]
    public void Raw_windows_are_what_the_network_would_get_by_hand(int stride)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Pipeline pipeline = Pipeline.Load(Packed(stride, "{}"));
        Network network = Network.Load(s_wand.Value);
        TensorDescription input = network.DescribeInput();
        double scale = BitConverter.Int32BitsToSingle(input.ScaleBits);
        short[] samples = Samples(7, 1000 * 3);
        int decisions = 0;
        int at = 0;
        Random random = new(stride);
        while (at < 1000)
        {
            int piece = Math.Min(random.Next(1, 90), 1000 - at);
            int taken = pipeline.Push(samples.AsSpan(at * 3, piece * 3));
            Assert.InRange(taken, 1, piece);
            at += taken;
            if (!pipeline.Decided)
            {
                Assert.Equal(piece, taken);
                continue;
            }

            int start = decisions * stride;
            Assert.Equal(start + 128, at);
            for (int i = 0; i < 128 * 3; i++)
            {
                network.Input()[i] = (sbyte)Math.Clamp(Math.Round(samples[(start * 3) + i] * 0.002f / scale, MidpointRounding.AwayFromZero) + input.ZeroPoint, -128, 127);
            }

            network.Invoke();
            Assert.Equal(network.Output().ToArray(), pipeline.Network.Output().ToArray());
            Assert.Equal(at, pipeline.Decision.Samples);
            decisions++;
        }

        Assert.Equal(((1000 - 128) / stride) + 1, decisions);
        Assert.Equal(stride, pipeline.SamplesPerDecision);
        Assert.Equal(-1, pipeline.SelfTest());
    }

    [Fact]
    public void A_front_end_that_is_a_network_makes_the_features_of_overlapping_frames()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        const int FrameSamples = 32;
        const int Hop = 20;
        const int Stride = 2;
        byte[] nested = NestedFrontEnd.File(FrameSamples * 3);
        const string Json = """{ "kind": "network", "file": "f", "sampleRate": 50, "hopSamples": 20, "stride": 2, "channels": [{}, {}, {}] }""";
        byte[] file = PipelinePacker.Pack(s_wand.Value, FrontEndReader.Read(Encoding.UTF8.GetBytes(Json), "F.json"), "F.json", nested, DecisionRule.Default, "D.json", null);
        Pipeline pipeline = Pipeline.Load(file);
        Network frontEnd = Network.Load(nested);
        Network network = Network.Load(s_wand.Value);
        TensorDescription feature = frontEnd.DescribeOutput();
        TensorDescription input = network.DescribeInput();
        double ratio = BitConverter.Int32BitsToSingle(feature.ScaleBits) / (double)BitConverter.Int32BitsToSingle(input.ScaleBits);
        short[] samples = Samples(9, 500 * 3);
        int decisions = 0;
        for (int at = 0; at < 500;)
        {
            at += pipeline.Push(samples.AsSpan(at * 3));
            if (!pipeline.Decided)
            {
                continue;
            }

            for (int frame = 0; frame < 4; frame++)
            {
                int start = ((decisions * Stride) + frame) * Hop * 3;
                samples.AsSpan(start, FrameSamples * 3).CopyTo(System.Runtime.InteropServices.MemoryMarshal.Cast<sbyte, short>(frontEnd.Input()));
                frontEnd.Invoke();
                for (int i = 0; i < FrameSamples * 3; i++)
                {
                    double value = Math.Round((frontEnd.Output()[i] - feature.ZeroPoint) * ratio, MidpointRounding.AwayFromZero) + input.ZeroPoint;
                    network.Input()[(frame * FrameSamples * 3) + i] = (sbyte)Math.Clamp(value, -128, 127);
                }
            }

            network.Invoke();
            Assert.Equal(network.Output().ToArray(), pipeline.Network.Output().ToArray());
            Assert.Equal((decisions * Stride * Hop) + (3 * Hop) + FrameSamples, pipeline.Decision.Samples);
            decisions++;
        }

        Assert.Equal(((500 - (3 * Hop) - FrameSamples) / (Stride * Hop)) + 1, decisions);
        Assert.Equal(-1, pipeline.SelfTest());
    }

    [Fact]
    public void Decisions_follow_the_rule_and_allocate_nothing()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        const string Rule = """
            { "labels": ["wing", "ring", "slope", "none"], "quiet": ["none"], "average": 3, "votes": 5, "votesNeeded": 3, "threshold": 0.4, "release": 0.2,
              "thresholds": { "ring": 0.3 }, "suppressionMilliseconds": 100 }
            """;
        Pipeline pipeline = Pipeline.Load(Packed(2, Rule));
        Assert.Equal(["wing", "ring", "slope", "none"], Enumerable.Range(0, pipeline.LabelCount).Select(pipeline.Label));
        int[] thresholds = [Score(0.4), Score(0.3), Score(0.4), Score(0.4)];
        PlainDecision plain = new(3, 5, 3, 3, thresholds, [.. Enumerable.Repeat(Score(0.2), 4)], [false, false, false, true]);
        short[] samples = Samples(3, 3000 * 3);
        List<(Decision Decision, sbyte[] Scores)> decisions = [.. Enumerable.Range(0, 3000).Select(_ => (default(Decision), new sbyte[4]))];
        int count = 0;
        Push(0, 1000);
        Assert.Equal(0, Allocations.Of(() => Push(1000, 3000)));

        HashSet<int> seen = [];
        int raised = 0;
        foreach ((Decision decision, sbyte[] scores) in decisions[..count])
        {
            (int label, int score, bool isRaised) = plain.Decide([.. scores.Select(value => (value + 128) * 128)]);
            Assert.Equal((label, score, isRaised), (decision.Label, decision.Score, decision.Raised));
            _ = seen.Add(label);
            raised += isRaised ? 1 : 0;
        }

        Assert.True(seen.Count > 1 && raised > 0, $"the samples reach too little: labels {string.Join(", ", seen)}, {raised} events");

        void Push(int from, int to)
        {
            for (int at = from; at < to;)
            {
                at += pipeline.Push(samples.AsSpan(at * 3, (to - at) * 3));
                if (pipeline.Decided)
                {
                    pipeline.Network.Output().CopyTo(decisions[count].Scores);
                    decisions[count] = (pipeline.Decision, decisions[count].Scores);
                    count++;
                }
            }
        }
    }

    [Fact]
    public void After_a_gap_all_is_as_at_the_start_but_for_the_count()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Pipeline pipeline = Pipeline.Load(Packed(16, """{ "average": 4 }"""));
        short[] samples = Samples(11, 300 * 3);
        List<(int Label, int Score)> first = Run(pipeline, samples);
        pipeline.Gap();
        Assert.Equal(300, pipeline.Decision.Samples);
        Assert.Equal(first, Run(pipeline, samples));
        Assert.Equal(600 - ((300 - 128) % 16), pipeline.Decision.Samples);
    }

    [Theory]
    [InlineData("""{ "kind": "raw", "sampleRate": 0, "channels": [{}] }""", "$.sampleRate (line 1): found 0; allowed: 0.001 to 2147483 (hertz)")]
    [InlineData("""{ "kind": "raw", "sampleRate": 1e400, "channels": [{}] }""", "found 1e400")]
    [InlineData("""{ "kind": "raw", "channels": [{}] }""", "no member \"sampleRate\"")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [] }""", "found 0 channels; allowed: 1 to 64")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{}, null] }""", "$.channels[1] (line 1): found null; allowed: an object")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{ "unit": "furlong" }] }""", "found \"furlong\"; allowed: \"counts\", \"full scale\", \"g\"")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{ "perCount": -1 }] }""", "$.channels[0].perCount (line 1): found -1")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{}], "strid": 3 }""", "Did you mean \"stride\"?")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{}, {}, {}, {}, {}] }""", "no whole frames of 5 features")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{"perCount": 1}, {"perCount": 2}] }""", "need the same")]
    [InlineData("""{ "kind": "network", "sampleRate": 50, "channels": [{}] }""", "no member \"file\"")]
    [InlineData("""{ "kind": "raw", "sampleRate": 50, "channels": [{}], "file": "f.tflite" }""", "unknown member \"file\"")]
    [InlineData("[]", "found an array; allowed: an object")]
    [InlineData("{", "no JSON")]
    public void A_front_end_that_does_not_fit_is_refused(string json, string reason)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        SignalException refused = Assert.Throws<SignalException>(() =>
            PipelinePacker.Pack(s_wand.Value, FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json"), "F.json", null, DecisionRule.Default, "D.json", null));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "threshold": 2 }""", "$.threshold (line 1): found 2; allowed: 0 to 1")]
    [InlineData("""{ "threshold": 0.5, "release": 0.6 }""", "$.release (line 1): found 0.6; allowed: 0 to the threshold")]
    [InlineData("""{ "votes": 4, "votesNeeded": 2 }""", "$.votesNeeded (line 1): found 2; allowed: a whole number from 3 to 4")]
    [InlineData("""{ "labels": ["a", "b"] }""", "2 labels")]
    [InlineData("""{ "labels": ["a", null, "c", "d"] }""", "$.labels[1] (line 1): found null")]
    [InlineData("""{ "labels": ["a", "b", "a", "d"] }""", "$.labels[2] (line 1): found \"a\"; allowed: each string once")]
    [InlineData("""{ "labels": ["a", "", "c", "d"] }""", "$.labels[1] (line 1): found \"\"; allowed: a string that is not empty")]
    [InlineData("""{ "quiet": ["silence"] }""", "'silence' is none of the labels")]
    [InlineData("""{ "quiet": [null] }""", "$.quiet[0] (line 1): found null")]
    [InlineData("""{ "thresholds": null }""", "$.thresholds (line 1): found null")]
    [InlineData("""{ "thresholds": { "a": 3 } }""", "$.thresholds.a (line 1): found 3")]
    [InlineData("""{ "output": 1 }""", "output is 1")]
    [InlineData("""{ "avarage": 1 }""", "Did you mean \"average\"?")]
    public void A_decision_that_does_not_fit_is_refused(string json, string reason)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        SignalException refused = Assert.Throws<SignalException>(() => Packed(16, json));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_signal_section_is_no_pipeline()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Assert.Contains("no signal section", Assert.Throws<ModelFormatException>(() => Pipeline.Load(s_wand.Value)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SectionKind.Signal)]
    [InlineData(SectionKind.Decision)]
    internal void Damaged_sections_are_refused_or_run(SectionKind kind)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        byte[] file = Packed(16, """{ "average": 2, "votes": 3, "votesNeeded": 2, "labels": ["a", "é", "c", "d"] }""");
        ModelFile model = new(file);
        int offset = model.OffsetOf(kind);
        short[] samples = Samples(5, 160 * 3);
        int refused = 0;
        for (int at = 0; at < model.LengthOf(kind); at++)
        {
            foreach (byte value in new byte[] { 0, 0x7F, 0xFF })
            {
                byte[] damaged = [.. file];
                damaged[offset + at] = value;
                ModelWriter.Seal(damaged);
                try
                {
                    Pipeline pipeline = Pipeline.Load(damaged);
                    _ = Run(pipeline, samples[..(samples.Length / pipeline.Channels * pipeline.Channels)]);
                }
                catch (ModelFormatException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > 20, $"{refused} refused");
    }

    [Fact]
    public void A_damaged_front_end_is_refused_or_runs()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        const string Json = """{ "kind": "network", "file": "f", "sampleRate": 50, "channels": [{}, {}, {}] }""";
        byte[] file = PipelinePacker.Pack(
            s_wand.Value, FrontEndReader.Read(Encoding.UTF8.GetBytes(Json), "F.json"), "F.json", NestedFrontEnd.File(96), DecisionRule.Default, "D.json", null);
        ModelFile model = new(file);
        int offset = model.OffsetOf(SectionKind.Signal);
        Random random = new(4);
        short[] samples = Samples(6, 160 * 3);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. file];
            damaged[offset + random.Next(model.LengthOf(SectionKind.Signal))] = (byte)random.Next(256);
            ModelWriter.Seal(damaged);
            try
            {
                Pipeline pipeline = Pipeline.Load(damaged);
                _ = Run(pipeline, samples[..(samples.Length / pipeline.Channels * pipeline.Channels)]);
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1000, $"{refused} refused");
    }

    private static List<(int Label, int Score)> Run(Pipeline pipeline, short[] samples)
    {
        List<(int Label, int Score)> decisions = [];
        for (int at = 0; at < samples.Length / pipeline.Channels;)
        {
            at += pipeline.Push(samples.AsSpan(at * pipeline.Channels));
            if (pipeline.Decided)
            {
                decisions.Add((pipeline.Decision.Label, pipeline.Decision.Score));
            }
        }

        return decisions;
    }

    private static byte[] Packed(int stride, string rule)
    {
        string json = Raw.Replace("STRIDE", stride.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return PipelinePacker.Pack(s_wand.Value, FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json"), "F.json", null, DecisionReader.Read(Encoding.UTF8.GetBytes(rule), "D.json"), "D.json", null);
    }

    private static int Score(double value)
    {
        return (int)Math.Round(value * 32768, MidpointRounding.AwayFromZero);
    }

    /// <summary>Slow swings with noise, so that the network's mind changes.</summary>
    private static short[] Samples(int seed, int count)
    {
        Random random = new(seed);
        short[] samples = new short[count];
        double[] level = [0, 0, 0];
        for (int i = 0; i < count; i++)
        {
            level[i % 3] = (0.97 * level[i % 3]) + (random.NextDouble() - 0.5) * 600;
            samples[i] = (short)Math.Clamp(level[i % 3], short.MinValue, short.MaxValue);
        }

        return samples;
    }
}
