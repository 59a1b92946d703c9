using System.Numerics;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Signal operators against plain computations, where the reference model leaves a case out.</summary>
public sealed class SignalTests
{
    [Fact]
    public void A_window_repeats_for_each_frame_and_rounds_down_and_clamps()
    {
        Tensor input = Int16("samples", 2, 3);

        short[] found = Run<short>(
            Convert(new SignalWindow(2), [input, SingleNode.Constant<short>(DataType.Int16, [3], [4, 3, 32767])], Int16("out", 2, 3)), new short[] { 5, -5, 9, -7, 2, -32768 });

        Assert.Equal([5, -4, short.MaxValue, -7, 1, short.MinValue], found);
    }

    [Theory]
    [InlineData(new short[] { 0, 0 }, 15)]
    [InlineData(new short[] { 1, -1 }, 14)]
    [InlineData(new short[] { 100, -255 }, 7)]
    [InlineData(new short[] { 100, -256 }, 6)]
    [InlineData(new short[] { 32767, 3 }, 0)]
    [InlineData(new short[] { 3, -32768 }, 0)]
    public void Samples_are_shifted_as_far_as_the_largest_fits(short[] samples, int shift)
    {
        Tensor scaled = Int16("scaled", 2);
        Tensor by = new("shift", DataType.Int32, []);
        ModelRunner runner = Convert([Int16("samples", 2)], [scaled, by], (graph, inputs) => graph.Nodes.Add(new Node(new SignalFftAutoScale(), inputs, [scaled, by])));
        byte[] result = new byte[runner.OutputBytes];

        runner.Run(MemoryMarshal.AsBytes(samples.AsSpan()), result);

        Assert.Equal(samples.Select(sample => (short)(sample << shift)), MemoryMarshal.Cast<byte, short>(result.AsSpan(0, 4)).ToArray());
        Assert.Equal(shift, BitConverter.ToInt32(result, 4));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(8, 8)]
    [InlineData(30, 64)]
    [InlineData(640, 1024)]
    public void A_spectrum_is_the_transform_divided_by_its_length(int frame, int length)
    {
        Random random = new(frame);
        short[] samples = [.. Enumerable.Range(0, 2 * frame).Select(_ => (short)random.Next(-32000, 32000))];

        short[] found = Run<short>(Convert(new SignalRfft(length), [Int16("samples", 2, frame)], Int16("spectrum", 2, length + 2)), samples);

        for (int i = 0; i < 2 * (length + 2); i += 2)
        {
            ReadOnlySpan<short> own = samples.AsSpan(i / (length + 2) * frame, frame);
            Complex sum = Complex.Zero;
            for (int at = 0; at < frame; at++)
            {
                sum += own[at] * Complex.Exp(new Complex(0, -2 * Math.PI * (i % (length + 2) / 2) * at / length));
            }

            Assert.Equal(sum.Real / length, found[i], 5.0);
            Assert.Equal(sum.Imaginary / length, found[i + 1], 5.0);
        }
    }

    [Fact]
    public void Energies_are_unsigned_and_0_outside_of_their_bins()
    {
        Tensor energies = Words("energies", 4);
        Tensor integers = new("integers", DataType.Int32, [4]);
        ModelRunner runner = Convert([Int16("spectrum", 8)], [integers], (graph, inputs) =>
        {
            graph.Nodes.Add(new Node(new SignalEnergy(1, 3), inputs, [energies]));
            graph.Nodes.Add(new Node(new Cast(), [energies], [integers]));
        });

        Assert.Equal([0, (3 * 3) + (4 * 4), int.MinValue, 0], Run<int>(runner, new short[] { 9, 9, 3, -4, -32768, -32768, 9, 9 }));
    }

    [Fact]
    public void Bands_are_roots_of_weighted_sums_of_64_bits()
    {
        // Group 0 counts towards band 0 with its counterweights; group 1 towards band 0 and band 1; group 2 towards band 1 with its weights.
        short[] weights = [0, 0, 1000, 3000, 4096];
        short[] counterweights = [4096, 2000, 3096, 1096, 0];
        int[] energies = [-1, 5, 70_000, -2, 123_456_789];
        ulong[] real = [.. energies.Select(energy => (ulong)(uint)energy)];
        ulong low = (real[0] * 4096) + (real[1] * 2000) + (real[2] * 1000) + (real[3] * 3000);
        ulong high = (real[2] * 3096) + (real[3] * 1096) + (real[4] * 4096);

        int[] found = Run<int>(FilterBank(weights, counterweights, [0, 2, 4], [0, 2, 4], [2, 2, 1]), energies, new[] { 3 });

        Assert.Equal([(int)Math.Round(Math.Sqrt(low)) >> 3, (int)Math.Round(Math.Sqrt(high)) >> 3], found);
    }

    [Fact]
    public void Noise_is_followed_and_taken_off_until_a_reset()
    {
        const int Bits = 10;
        Tensor clean = new("clean", DataType.Int32, [2]);
        Tensor noise = new("noise", DataType.Int32, [2]);
        Tensor state = new("state", DataType.Int32, [2]) { InitialState = new byte[8] };
        SignalFilterBankSpectralSubtraction operation = new(new SmoothingFilter(256, 768), new SmoothingFilter(512, 512), 102, 4, Bits, Clamps: false);
        ModelRunner runner = Convert(
            [new Tensor("bands", DataType.Int32, [2])], [clean, noise], (graph, inputs) => graph.Nodes.Add(new Node(operation, [.. inputs, state], [clean, noise])));

        Assert.Equal([3000, 2000, 16000, 32000], Run<int>(runner, new[] { 4000, 4000 }));
        Assert.Equal([2250, 1000, 28000, 48000], Run<int>(runner, new[] { 4000, 4000 }));
        Enumerable.Range(0, 100).ToList().ForEach(_ => Run<int>(runner, new[] { 4000, 4000 }));
        Assert.Equal([4000 * 102 >> Bits, 4000 * 102 >> Bits], Run<int>(runner, new[] { 4000, 4000 })[..2]);
        runner.Reset();
        Assert.Equal([3000, 2000, 16000, 32000], Run<int>(runner, new[] { 4000, 4000 }));
    }

    [Fact]
    public void Logarithms_are_scaled_and_end_at_the_largest_number()
    {
        const int Scale = 1400;
        ModelRunner runner = Convert(new SignalFilterBankLog(1, Scale), [new Tensor("bands", DataType.Int32, [5])], Int16("logarithms", 5));

        short[] found = Run<short>(runner, new[] { 0, 1, 1000, int.MaxValue, int.MinValue });

        Assert.Equal(0, found[0]);
        Assert.Equal(Scale * Math.Log(2), found[1], 0.6);
        Assert.Equal(Scale * Math.Log(2000), found[2], 4.0);
        Assert.Equal(Scale * Math.Log(0xFFFFFFFEu), found[3], 4.0);
        Assert.Equal(0, found[4]);
        Assert.Equal(short.MaxValue, Run<short>(Convert(new SignalFilterBankLog(0, 2000), [new Tensor("bands", DataType.Int32, [1])], Int16("logarithms", 1)), new[] { -1 })[0]);
    }

    [Fact]
    public void A_gain_is_compressed()
    {
        // The gain is 2^12 whatever the noise, so a band is its own ratio: 1 gives 1/4 of 64, 5 gives 4 x 64.
        short[] gains = new short[125];
        gains[0] = gains[1] = gains[2] = 4096;
        for (int i = 6; i < gains.Length; i += 4)
        {
            gains[i - 4 + 0] = 4096;
            gains[i] = 4096;
        }

        Tensor[] inputs = [new("bands", DataType.Int32, [2]), new("noise", DataType.Int32, [2]), SingleNode.Constant(DataType.Int16, [125], gains)];
        ModelRunner runner = Convert(new SignalPcan(0), inputs, new Tensor("out", DataType.Int32, [2]));

        Assert.Equal([16, 256], Run<int>(runner, new[] { 1, 5 }, new[] { 0, -1 }));
    }

    [Fact]
    public void What_the_device_cannot_do_is_refused_with_its_reason()
    {
        Refused("powers of two", () => Convert(new SignalRfft(12), [Int16("samples", 12)], Int16("spectrum", 14)));
        Refused("longer than the transform", () => Convert(new SignalRfft(8), [Int16("samples", 12)], Int16("spectrum", 10)));
        Refused("does not divide into frames", () => Convert(new SignalWindow(2), [Int16("samples", 4), SingleNode.Constant<short>(DataType.Int16, [3], [4, 3, 1])], Int16("out", 4)));
        Refused("do not lie among", () => Convert(new SignalEnergy(0, 5), [Int16("spectrum", 8)], new Tensor("energies", DataType.Int32, [4])));
        Refused("'energies' uint32[4] has another type", () => Convert(new SignalEnergy(0, 4), [Int16("spectrum", 8)], Words("energies", 4)));
        Refused("Group 1 takes 4 elements", () => FilterBank(new short[5], new short[5], [0, 2, 4], [0, 1, 4], [2, 4, 1]));
        Refused("Group 2 takes -1 elements", () => FilterBank(new short[5], new short[5], [0, 2, 4], [0, 1, 4], [2, 2, -1]));
        Refused("does not hold 1 sums", () => Convert(
            new SignalFilterBankSquareRoot(), [new Tensor("sums", DataType.Int32, [1]), new Tensor("shift", DataType.Int32, [])], new Tensor("roots", DataType.Int32, [1])));
        Refused("needed are 125", () => Convert(
            new SignalPcan(0),
            [new Tensor("bands", DataType.Int32, [1]), new Tensor("noise", DataType.Int32, [1]), SingleNode.Constant<short>(DataType.Int16, [3], [4, 3, 1])],
            new Tensor("out", DataType.Int32, [1])));
    }

    private static void Refused(string reason, Action convert)
    {
        string message = Assert.Throws<UnsupportedNetworkException>(convert).Message;
        Assert.True(message.Contains(reason, StringComparison.Ordinal), message);
    }

    private static ModelRunner FilterBank(short[] weights, short[] counterweights, short[] firstBins, short[] firstWeights, short[] bins)
    {
        Tensor energies = Words("energies", 5);
        Tensor sums = new("sums", DataType.UInt64, [2]);
        Tensor roots = Words("roots", 2);
        Tensor integers = new("integers", DataType.Int32, [2]);
        Tensor[] constants = [.. new[] { weights, counterweights, firstBins, firstWeights, bins }.Select(values => SingleNode.Constant(DataType.Int16, [values.Length], values))];
        return Convert([new Tensor("input", DataType.Int32, [5]), new Tensor("shift", DataType.Int32, [])], [integers], (graph, inputs) =>
        {
            graph.Nodes.Add(new Node(new Cast(), [inputs[0]], [energies]));
            graph.Nodes.Add(new Node(new SignalFilterBank(), [energies, .. constants], [sums]));
            graph.Nodes.Add(new Node(new SignalFilterBankSquareRoot(), [sums, inputs[1]], [roots]));
            graph.Nodes.Add(new Node(new Cast(), [roots], [integers]));
        });
    }

    private static Tensor Int16(string name, params int[] shape)
    {
        return new Tensor(name, DataType.Int16, shape);
    }

    private static Tensor Words(string name, int count)
    {
        return new Tensor(name, DataType.UInt32, [count]);
    }

    private static ModelRunner Convert(Operation operation, Tensor[] inputs, Tensor output)
    {
        return Convert([.. inputs.Where(input => !input.IsConstant)], [output], (graph, _) => graph.Nodes.Add(new Node(operation, inputs, [output])));
    }

    private static ModelRunner Convert(Tensor[] inputs, Tensor[] outputs, Action<NetworkGraph, Tensor[]> build)
    {
        NetworkGraph graph = SmallNetwork.Graph(inputs, outputs);
        build(graph, inputs);
        return ModelRunner.Load(GraphConverter.Convert(graph, [], "test", new ConversionOptions()).File);
    }

    private static T[] Run<T>(ModelRunner runner, params Array[] inputs)
        where T : unmanaged
    {
        byte[] given = [.. inputs.SelectMany(values =>
        {
            byte[] bytes = new byte[Buffer.ByteLength(values)];
            Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
            return bytes;
        })];
        byte[] result = new byte[runner.OutputBytes];
        runner.Run(given, result);
        return MemoryMarshal.Cast<byte, T>(result).ToArray();
    }
}
