using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>Statistics of motion against the same computed with real numbers.</summary>
public sealed class MotionFrontEndTests
{
    private const int Samples = 100;
    private const int Rate = 50;
    private const double PerCount = 4.0 / 32768;

    private const string Json = """
        { "kind": "motionStatistics", "sampleRate": 50, "frameSamples": 100, "hopSamples": 50,
          "channels": [{ "unit": "g", "perCount": 0.0001220703125 }, { "unit": "g", "perCount": 0.0001220703125 }, { "unit": "g", "perCount": 0.0001220703125 }],
          "statistics": [{ "name": "bandAmplitudes", "scale": 0.1 }, { "name": "mean", "offset": 0.25, "scale": 0.5 }, { "name": "variance" }, { "name": "deviation" },
            { "name": "peakToPeak" }, { "name": "zeroCrossings", "offset": 20, "scale": 10 }], "bandEdges": [1, 3, 8, 25] }
        """;

    [Theory]
    [InlineData(2.5, 3000, 4000, -2000)]
    [InlineData(10, 30000, 500, 300)]
    [InlineData(5, 200, 10, 8192)]
    public void Features_are_the_statistics(double hertz, int swing, int noise, int offset)
    {
        Network network = Load(Json);
        Random random = new(swing);
        short[] samples = [.. Enumerable.Range(0, Samples).SelectMany(i => Enumerable.Range(0, 3).Select(channel =>
            (short)Math.Clamp((swing * Math.Sin((2 * Math.PI * hertz * i / Rate) + channel) / (channel + 1)) + random.Next(-noise, noise + 1) + offset, short.MinValue, short.MaxValue)))];

        double[] found = Run(network, samples);

        double[] expected =
        [
            .. Channels(samples).SelectMany(Bands).Select(value => value / 0.1),
            .. Channels(samples).Select(values => (values.Average() - 0.25) / 0.5),
            .. Channels(samples).Select(Variance),
            .. Channels(samples).Select(values => Math.Sqrt(Variance(values))),
            .. Channels(samples).Select(values => values.Max() - values.Min()),
            .. Channels(samples).Select(values => (Crossings(values) - 20) / 10.0),
        ];
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            // Amplitudes are rounded down to 1/64 count after a transform of 16 bits; the others are off by rounding alone.
            Assert.Equal(Math.Clamp(expected[i], -16, 16), found[i], i < 9 ? 0.005 + (0.02 * Math.Abs(expected[i])) : 0.001);
        }
    }

    [Theory]
    [InlineData("\"variance\"", "\"varianze\"", "Did you mean \"variance\"?")]
    [InlineData("\"frameSamples\": 100", "\"frameSamples\": 5000", "a whole number from 1 to 4096")]
    [InlineData("[1, 3, 8, 25]", "[1, 3, 3, 25]", "ascending")]
    [InlineData("[1, 3, 8, 25]", "[1, 3, 8, 51]", "a number from 0 to the sample rate")]
    [InlineData("[1, 3, 8, 25]", "[1, 1.1, 25]", "lies between two bins of the spectrum, which are 0.390625 hertz apart")]
    [InlineData(", \"bandEdges\": [1, 3, 8, 25]", "", "no member \"bandEdges\"")]
    [InlineData("{ \"name\": \"bandAmplitudes\", \"scale\": 0.1 }, ", "", "unknown member \"bandEdges\"")]
    [InlineData("\"offset\": 0.25, \"scale\": 0.5", "\"scale\": 0.000001", "scales from 3.81469727E-06 on")]
    [InlineData("\"perCount\": 0.0001220703125 }]", "\"perCount\": 1 }]", "differ in perCount")]
    [InlineData("\"scale\": 10", "\"scale\": 0", "a number above 0")]
    public void What_cannot_be_is_refused(string part, string instead, string reason)
    {
        string json = Json.ReplaceLineEndings(" ");
        Assert.Contains(part, json, StringComparison.Ordinal);

        SignalException refused = Assert.Throws<SignalException>(() => Load(json.Replace(part, instead, StringComparison.Ordinal)));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_or_run()
    {
        byte[] file = Pack(Json);
        Random random = new(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(ModelLayout.HeaderBytes, file.Length)] = (byte)random.Next(256);
            ModelWriter.Seal(damaged);
            try
            {
                Network network = Network.Load(damaged);
                random.NextBytes(MemoryMarshal.AsBytes(network.Input()));
                network.Invoke();
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 2999);
    }

    private static Network Load(string json)
    {
        return Network.Load(Pack(json));
    }

    private static byte[] Pack(string json)
    {
        FrontEnd frontEnd = FrontEndReader.Read(Encoding.UTF8.GetBytes(json), "F.json");
        return MotionFrontEnd.Pack(frontEnd, frontEnd.Motion!, "F.json");
    }

    private static double[] Run(Network network, short[] samples)
    {
        MemoryMarshal.AsBytes(samples.AsSpan()).CopyTo(MemoryMarshal.AsBytes(network.Input()));
        network.Invoke();
        double scale = BitConverter.Int32BitsToSingle(network.DescribeOutput().ScaleBits);
        return [.. MemoryMarshal.Cast<sbyte, short>(network.Output()).ToArray().Select(value => value * scale)];
    }

    private static IEnumerable<double[]> Channels(short[] samples)
    {
        return Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, Samples).Select(i => samples[(i * 3) + channel] * PerCount).ToArray());
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static int Crossings(double[] values)
    {
        double mean = values.Average();
        int[] sides = [.. values.Select(value => Math.Sign(Math.Round((value - mean) / PerCount * Samples))).Where(side => side != 0)];
        return sides.Zip(sides.Skip(1)).Count(pair => pair.First != pair.Second);
    }

    private static double[] Bands(double[] values)
    {
        const int Length = 128;
        double[] edges = [1, 3, 8, 25];
        double[] energies = new double[edges.Length - 1];
        for (int bin = 0; bin <= Length / 2; bin++)
        {
            Complex sum = Complex.Zero;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[i] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / values.Length))) * Complex.Exp(new Complex(0, -2 * Math.PI * bin * i / Length));
            }

            double hertz = (double)bin * Rate / Length;
            for (int band = 0; band < energies.Length; band++)
            {
                energies[band] += hertz >= edges[band] && hertz < edges[band + 1] ? sum.Magnitude * sum.Magnitude / Length / Length : 0;
            }
        }

        return Array.ConvertAll(energies, Math.Sqrt);
    }
}
