using System.Runtime.InteropServices;
using System.Text;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>The features of TensorFlow Lite Micro's speech models, made without its file.</summary>
public sealed class MicroSpeechFrontEndTests
{
    private const int Frame = 480;
    private const int Bands = 40;
    private const int Rate = 16000;

    [Fact]
    public void Features_are_those_of_the_reference()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden reference = Golden.Networks().Single(golden => golden.Name == "tflm_audio_preprocessor_int8");
        ReadOnlySpan<short> frames = MemoryMarshal.Cast<byte, short>(reference.Inputs);
        Network network = Make(Frame, Bands, 125, 7500);
        List<sbyte> features = [];

        for (int at = 0; at < frames.Length; at += Frame)
        {
            features.AddRange(Run(network, frames.Slice(at, Frame)));
        }

        Assert.Equal(MemoryMarshal.Cast<byte, sbyte>(reference.Outputs).ToArray(), features);
    }

    [Theory]
    [InlineData(33, 4, 200, 7000)]
    [InlineData(400, 30, 80, 7600)]
    [InlineData(1024, 64, 60, 7800)]
    public void A_tone_stands_out_and_what_lasts_fades(int frame, int bands, double lowest, double highest)
    {
        Network network = Make(frame, bands, lowest, highest);
        Random random = new(frame);
        short[] hiss = [.. Enumerable.Range(0, 50 * frame).Select(_ => (short)random.Next(-200, 201))];
        for (int at = 0; at < hiss.Length; at += frame)
        {
            Run(network, hiss.AsSpan(at, frame));
        }

        short[] tone = [.. Enumerable.Range(0, frame).Select(i => (short)((8000 * Math.Sin(2 * Math.PI * 2000 * i / Rate)) + hiss[i]))];
        sbyte[] begins = Run(network, tone);
        sbyte[] lasts = begins;
        for (int i = 0; i < 200; i++)
        {
            lasts = Run(network, tone);
        }

        int loudest = Array.IndexOf(begins, begins.Max());
        Assert.InRange(loudest, BandOf(2000) - 1, BandOf(2000) + 1);
        Assert.True(begins[loudest] > begins.Min() + 40, $"{begins[loudest]} among {begins.Min()} and more");
        Assert.True(lasts[loudest] < begins[loudest] - 10, $"{begins[loudest]} became {lasts[loudest]}");

        int BandOf(double hertz)
        {
            return (int)((Mel(hertz) - Mel(lowest)) / (Mel(highest) - Mel(lowest)) * (bands + 1)) - 1;
        }
    }

    [Fact]
    public void A_transform_of_fewer_than_64_samples_is_refused()
    {
        SignalException exception = Assert.Throws<SignalException>(() => Read(32, Bands, 125, 7500));

        Assert.Contains("33", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_with_it_is_one_with_the_reference_s_file()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden[] networks = [.. Golden.Networks()];
        byte[] classifier = ModelConverter.Convert(networks.Single(golden => golden.Name == "mww_okay_nabu").Model, new ConversionOptions()).File;
        byte[] file = ModelConverter.Convert(networks.Single(golden => golden.Name == "tflm_audio_preprocessor_int8").Model, new ConversionOptions()).File;
        const string Common = """ "sampleRate": 16000, "hopSamples": 160, "channels": [{ "unit": "full scale", "perCount": 0.000030517578125 }] """;
        string other = $$"""{ "kind": "network", "file": "f.tflite", {{Common}} }""";
        string own = $$"""{ "kind": "microSpeech", "frameSamples": 480, "bands": 40, "lowest": 125, "highest": 7500, {{Common}} }""";
        Random random = new(1);
        short[] sound = [.. Enumerable.Range(0, 5 * Rate).Select(i => (short)(random.Next(-3000, 3000) * Math.Sin(i / 4000.0)))];

        List<sbyte> expected = Scores(PipelinePacker.Pack(classifier, Read(other), "F.json", file, DecisionRule.Default, "D.json", null), sound);
        List<sbyte> found = Scores(PipelinePacker.Pack(classifier, Read(own), "F.json", null, DecisionRule.Default, "D.json", null), sound);

        Assert.True(expected.Count > 100, $"{expected.Count} scores");
        Assert.Equal(expected, found);
    }

    private static List<sbyte> Scores(byte[] packed, short[] sound)
    {
        Pipeline pipeline = Pipeline.Load(packed);
        List<sbyte> scores = [];
        for (int at = 0; at < sound.Length;)
        {
            at += pipeline.Push(sound.AsSpan(at));
            if (pipeline.Decided)
            {
                scores.AddRange(pipeline.Network.Output());
            }
        }

        return scores;
    }

    private static double Mel(double hertz)
    {
        return 1127 * Math.Log(1 + (hertz / 700));
    }

    private static Network Make(int frame, int bands, double lowest, double highest)
    {
        FrontEnd frontEnd = Read(frame, bands, lowest, highest);
        return Network.Load(MicroSpeechFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json"));
    }

    private static FrontEnd Read(int frame, int bands, double lowest, double highest)
    {
        return Read(FormattableString.Invariant($$"""
            { "kind": "microSpeech", "sampleRate": {{Rate}}, "channels": [{}], "frameSamples": {{frame}}, "bands": {{bands}}, "lowest": {{lowest}}, "highest": {{highest}} }
            """));
    }

    private static FrontEnd Read(string json)
    {
        return FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json");
    }

    private static sbyte[] Run(Network network, ReadOnlySpan<short> frame)
    {
        MemoryMarshal.Cast<short, sbyte>(frame).CopyTo(network.Input());
        network.Invoke();
        return network.Output().ToArray();
    }
}
