using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>Front ends that are composed of signal operators, against the same features computed with real numbers.</summary>
public sealed class MelFrontEndTests
{
    private const int Rate = 16000;

    /// <summary>What keyword spotting with DS-CNN uses.</summary>
    private const string Keywords = """
        { "kind": "mfcc", "sampleRate": 16000, "frameSamples": 640, "hopSamples": 320, "bands": 40, "lowest": 20, "highest": 4000, "coefficients": 10,
          "channels": [{ "unit": "full scale", "perCount": 0.000030517578125 }] }
        """;

    [Theory]
    [InlineData(640, 40, 20, 4000, 1.0 / 32768, 12000, 0.06)]
    [InlineData(480, 40, 125, 7500, 1.0, 12000, 0.06)]
    [InlineData(256, 20, 0, 8000, 0.25, 1500, 0.06)]
    [InlineData(400, 64, 60, 7800, 1.0 / 32768, 12000, 0.15)]
    [InlineData(512, 24, 100, 8000, 1.0, 60, 0.25)]
    public void Bands_are_logarithms_of_amplitudes(int frame, int bands, double lowest, double highest, double perCount, int loudness, double tolerance)
    {
        FrontEnd frontEnd = FrontEnd(frame, bands, lowest, highest, perCount);
        Network network = Network.Load(MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json"));
        Random random = new(frame);
        for (int run = 0; run < 5; run++)
        {
            short[] samples = [.. Enumerable.Range(0, frame).Select(_ => (short)random.Next(-loudness, loudness))];

            double[] found = Run(network, samples);

            double[] expected = Logarithms(frontEnd, samples);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void A_tone_is_loudest_in_its_band_and_as_loud_as_it_is()
    {
        // 1000 Hz is a bin of the spectrum, so the window spreads it over three: its amplitude x frame / 2 x sqrt(1/4 + 2/16) of all weights.
        FrontEnd frontEnd = FrontEnd(512, 10, 100, 4000, 1.0 / 32768);
        short[] tone = [.. Enumerable.Range(0, 512).Select(i => (short)Math.Round(16384 * Math.Sin(2 * Math.PI * 1000 * i / Rate)))];

        double[] found = Run(Network.Load(MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json")), tone);

        double[] expected = Logarithms(frontEnd, tone);
        int band = Array.IndexOf(expected, expected.Max());
        Assert.Equal(band, Array.IndexOf(found, found.Max()));
        Assert.Equal(expected[band], found[band], 0.01);
        Assert.InRange(Math.Exp(found[band]), 0.5 * 512 / 2 * Math.Sqrt(0.1), 0.5 * 512 / 2 * Math.Sqrt(0.375));
    }

    [Fact]
    public void Silence_is_the_lowest_feature_there_is()
    {
        FrontEnd frontEnd = FrontEnd(512, 10, 100, 4000, 1.0 / 32768);

        double[] found = Run(Network.Load(MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json")), new short[512]);

        Assert.All(found, value => Assert.Equal(Math.Log(512 / 32768.0 / 64), value, 0.001));
    }

    [Fact]
    public void Coefficients_are_the_cosine_transform_of_the_bands()
    {
        FrontEnd frontEnd = FrontEndReader.Read(Encoding.UTF8.GetBytes(Keywords), "F.json");
        Network network = Network.Load(MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json"));
        Random random = new(2);
        for (int run = 0; run < 10; run++)
        {
            short[] samples = [.. Enumerable.Range(0, 640).Select(_ => (short)random.Next(-9000, 9000))];
            double[] bands = Logarithms(frontEnd, samples);

            double[] found = Run(network, samples);

            for (int row = 0; row < 10; row++)
            {
                double sum = bands.Select((value, band) => value * Math.Cos(Math.PI * row * (band + 0.5) / 40)).Sum();
                Assert.Equal(Math.Sqrt(2.0 / 40) * sum, found[row], 0.15);
            }
        }
    }

    [Fact]
    public void A_keyword_network_is_fed_by_its_front_end()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        byte[] keywords = ModelConverter.Convert(Golden.Networks().Single(golden => golden.Name == "mlperf_kws_int8").Model, new ConversionOptions()).File;
        FrontEnd frontEnd = FrontEndReader.Read(Encoding.UTF8.GetBytes(Keywords), "F.json");
        Pipeline pipeline = Pipeline.Load(PipelinePacker.Pack(keywords, frontEnd, "F.json", null, DecisionRule.Default, "D.json", null));
        Network features = Network.Load(MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, "F.json"));
        Network network = Network.Load(keywords);
        TensorDescription input = network.DescribeInput();
        double scale = BitConverter.Int32BitsToSingle(features.DescribeOutput().ScaleBits);
        QuantizedMultiplier multiplier = QuantizedMultiplier.From(scale / BitConverter.Int32BitsToSingle(input.ScaleBits));
        Random random = new(8);
        short[] sound = [.. Enumerable.Range(0, (48 * 320) + 640).Select(i => (short)(random.Next(-3000, 3000) + (9000 * Math.Sin(i * i * 1e-5))))];

        int taken = pipeline.Push(sound);

        Assert.True(pipeline.Decided);
        Assert.Equal(sound.Length, taken);
        for (int frame = 0; frame < 49; frame++)
        {
            double[] values = Run(features, sound.AsSpan(frame * 320, 640));
            for (int i = 0; i < 10; i++)
            {
                int value = Requantization.MultiplyByQuantizedMultiplier((int)Math.Round(values[i] / scale), multiplier.Multiplier, multiplier.Shift) + input.ZeroPoint;
                network.Input()[(frame * 10) + i] = (sbyte)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
            }
        }

        network.Invoke();
        Assert.Equal(network.Output().ToArray(), pipeline.Network.Output().ToArray());
    }

    [Theory]
    [InlineData("\"bands\": 40", "\"bands\": 0", "$.bands (line 1): found 0; allowed: a whole number from 1 to 128")]
    [InlineData("\"lowest\": 20", "\"lowest\": 9000", "0 to below half the sample rate")]
    [InlineData("\"highest\": 4000", "\"highest\": 8001", "above the lowest, at most half the sample rate")]
    [InlineData("\"highest\": 4000", "\"highest\": 20", "above the lowest, at most half the sample rate")]
    [InlineData("\"coefficients\": 10", "\"coefficients\": 41", "a whole number from 1 to 40")]
    [InlineData("\"coefficients\": 10,", "", "no member \"coefficients\"")]
    [InlineData("\"frameSamples\": 640,", "", "no member \"frameSamples\"")]
    [InlineData("\"kind\": \"mfcc\"", "\"kind\": \"logMel\"", "unknown member \"coefficients\"")]
    [InlineData("\"kind\": \"mfcc\"", "\"kind\": \"raw\"", "unknown member \"frameSamples\"")]
    [InlineData("[{", "[{}, {", "found 2 channels; allowed: 1 with the kind \"mfcc\"")]
    [InlineData("\"frameSamples\": 640", "\"frameSamples\": 64", "lies between two bins of the spectrum, which are 250 hertz apart")]
    [InlineData("0.000030517578125", "1e-30", "beyond 16 bits")]
    [InlineData("\"coefficients\": 10", "\"coefficients\": 11", "no whole frames of 11 features")]
    public void What_cannot_be_or_does_not_fit_is_refused(string part, string instead, string reason)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        byte[] keywords = ModelConverter.Convert(Golden.Networks().Single(golden => golden.Name == "mlperf_kws_int8").Model, new ConversionOptions()).File;
        string json = Keywords.ReplaceLineEndings(" ").Replace(part, instead, StringComparison.Ordinal);

        SignalException refused = Assert.Throws<SignalException>(() =>
            PipelinePacker.Pack(keywords, FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json"), "F.json", null, DecisionRule.Default, "D.json", null));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static FrontEnd FrontEnd(int frame, int bands, double lowest, double highest, double perCount)
    {
        return new FrontEnd
        {
            Kind = FrontEndKind.LogMel,
            SampleRate = Rate,
            Channels = [new FrontEndChannel { PerCount = perCount }],
            Mel = new MelSettings { FrameSamples = frame, Bands = bands, Lowest = lowest, Highest = highest },
        };
    }

    /// <summary>A frame's features, as real numbers.</summary>
    private static double[] Run(Network network, ReadOnlySpan<short> samples)
    {
        MemoryMarshal.AsBytes(samples).CopyTo(MemoryMarshal.AsBytes(network.Input()));
        network.Invoke();
        TensorDescription output = network.DescribeOutput();
        double scale = BitConverter.Int32BitsToSingle(output.ScaleBits);
        return [.. MemoryMarshal.Cast<sbyte, short>(network.Output()).ToArray().Select(value => (value - output.ZeroPoint) * scale)];
    }

    /// <summary>log(sqrt(sum of weight x |X|^2)) of each band, by the definitions.</summary>
    private static double[] Logarithms(FrontEnd frontEnd, short[] samples)
    {
        MelSettings mel = frontEnd.Mel!;
        double[] energies = new double[mel.Bands];
        double[] corners = [.. Enumerable.Range(0, mel.Bands + 2).Select(i => Mel(mel.Lowest) + ((Mel(mel.Highest) - Mel(mel.Lowest)) * i / (mel.Bands + 1)))];
        for (int bin = 1; bin <= mel.TransformSamples / 2; bin++)
        {
            Complex sum = Complex.Zero;
            for (int i = 0; i < samples.Length; i++)
            {
                double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / samples.Length));
                sum += samples[i] * frontEnd.Channels[0].PerCount * window * Complex.Exp(new Complex(0, -2 * Math.PI * bin * i / mel.TransformSamples));
            }

            double place = Mel((double)bin * Rate / mel.TransformSamples);
            for (int band = 0; band < mel.Bands; band++)
            {
                double rise = (place - corners[band]) / (corners[band + 1] - corners[band]);
                double fall = (corners[band + 2] - place) / (corners[band + 2] - corners[band + 1]);
                energies[band] += Math.Max(0, Math.Min(rise, fall)) * sum.Magnitude * sum.Magnitude;
            }
        }

        return Array.ConvertAll(energies, energy => Math.Log(energy) / 2);
    }

    private static double Mel(double hertz)
    {
        return 1127 * Math.Log(1 + (hertz / 700));
    }
}
