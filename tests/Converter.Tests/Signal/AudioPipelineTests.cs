using System.Runtime.InteropServices;
using System.Text;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>Sound to score: the audio front end of TensorFlow Lite Micro with networks that were trained behind it.</summary>
public sealed class AudioPipelineTests
{
    private const int Rate = 16000;
    private const int FrameSamples = 480;
    private const int HopSamples = 160;
    private const int FrameFeatures = 40;

    [Fact]
    public void The_wake_word_s_scores_are_those_that_were_recorded()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        const int FramesPerScore = 3;
        Golden classifier = Find("mww_okay_nabu");

        ModelRunner network = ModelRunner.Load(Convert(classifier));

        // The network's recorded inputs are the front end's features of the same sound, three frames each.
        List<sbyte[]> expected = [];
        byte[] result = new byte[network.OutputBytes];
        for (int record = 0; record < Frames / FramesPerScore; record++)
        {
            network.Run(classifier.Inputs.AsSpan(record * network.InputBytes, network.InputBytes), result);
            Assert.Equal(classifier.Outputs[(record * result.Length)..((record + 1) * result.Length)], result);
            expected.Add(network.Network.Output().ToArray());
        }

        Assert.Equal(expected, Run(classifier, stride: FramesPerScore));
    }

    [Theory]
    [InlineData("mww_okay_nabu", 3)]
    [InlineData("mww_okay_nabu", 1)]
    [InlineData("tflm_micro_speech", 49)]
    [InlineData("tflm_micro_speech", 7)]
    public void A_pipeline_is_front_end_and_network_one_after_the_other(string name, int stride)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Golden classifier = Find(name);
        ModelRunner frontEnd = ModelRunner.Load(Convert(FrontEnd));
        ModelRunner network = ModelRunner.Load(Convert(classifier));
        int frames = network.InputBytes / FrameFeatures;
        byte[] features = new byte[Frames * FrameFeatures];
        for (int frame = 0; frame < Frames; frame++)
        {
            frontEnd.Run(FrontEnd.Inputs.AsSpan(frame * FrameSamples * sizeof(short), FrameSamples * sizeof(short)), features.AsSpan(frame * FrameFeatures, FrameFeatures));
        }

        List<sbyte[]> expected = [];
        byte[] result = new byte[network.OutputBytes];
        for (int first = 0; first + frames <= Frames; first += stride)
        {
            network.Run(features.AsSpan(first * FrameFeatures, network.InputBytes), result);
            expected.Add(network.Network.Output().ToArray());
        }

        Assert.Equal(FrontEnd.Outputs, features);
        Assert.Equal(expected, Run(classifier, stride));
    }

    [Fact]
    public void Sound_becomes_scores_without_an_allocation()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Pipeline pipeline = Pipeline.Load(Packed(Find("mww_okay_nabu"), stride: 3));
        short[] sound = Sound();
        Push(pipeline, sound, _ => { });
        pipeline.Reset();
        int scores = 0;
        long allocated = Allocations.Of(() =>
        {
            for (int at = 0; at < sound.Length;)
            {
                at += pipeline.Push(sound.AsSpan(at));
                scores += pipeline.Decided ? 1 : 0;
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal(Frames / 3, scores);
    }

    private static Golden FrontEnd => Find("tflm_audio_preprocessor_int8");

    private static int Frames => FrontEnd.Inputs.Length / (FrameSamples * sizeof(short));

    private static Golden Find(string name)
    {
        return Golden.Networks().Single(golden => golden.Name == name);
    }

    private static byte[] Convert(Golden golden)
    {
        return ModelConverter.Convert(golden.Model, new ConversionOptions()).File;
    }

    private static byte[] Packed(Golden classifier, int stride)
    {
        string json = $$"""
            { "kind": "network", "file": "front-end.tflite", "sampleRate": {{Rate}}, "hopSamples": {{HopSamples}}, "stride": {{stride}},
              "channels": [{ "name": "microphone", "unit": "full scale", "perCount": 0.000030517578125 }] }
            """;
        return PipelinePacker.Pack(
            Convert(classifier), FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json"), "F.json", Convert(FrontEnd), DecisionRule.Default, "D.json", null);
    }

    /// <summary>The sound that the front end's recorded frames overlap in.</summary>
    private static short[] Sound()
    {
        byte[] inputs = FrontEnd.Inputs;
        ReadOnlySpan<short> frames = MemoryMarshal.Cast<byte, short>(inputs);
        short[] sound = new short[((Frames - 1) * HopSamples) + FrameSamples];
        for (int frame = 0; frame < Frames; frame++)
        {
            frames.Slice(frame * FrameSamples, FrameSamples).CopyTo(sound.AsSpan(frame * HopSamples));
        }

        return sound;
    }

    /// <summary>What the network gives for each inference.</summary>
    private static List<sbyte[]> Run(Golden classifier, int stride)
    {
        List<sbyte[]> results = [];
        Push(Pipeline.Load(Packed(classifier, stride)), Sound(), network => results.Add(network.Output().ToArray()));
        return results;
    }

    private static void Push(Pipeline pipeline, short[] sound, Action<Network> decided)
    {
        // Pieces of the size that a sound card gives, which are no multiple of a hop.
        const int Piece = 1024;
        for (int at = 0; at < sound.Length;)
        {
            at += pipeline.Push(sound.AsSpan(at, Math.Min(Piece, sound.Length - at)));
            if (pipeline.Decided)
            {
                decided(pipeline.Network);
            }
        }
    }
}
