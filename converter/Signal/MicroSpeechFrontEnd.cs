using System.Numerics;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Signal;

/// <summary>
/// Makes the network of a <c>microSpeech</c> front end, with the numbers that TensorFlow Lite Micro's audio preprocessor has
/// (<c>tensorflow/lite/experimental/microfrontend</c>): roots of the bands' energies, less the noise that lasts, times a gain that is smaller the
/// louder the noise is (PCAN: per-channel amplitude normalization), logarithms, and those as int8.
/// </summary>
internal sealed class MicroSpeechFrontEnd
{
    /// <summary>The shortest frame: a transform of 64 samples.</summary>
    public const int FewestFrameSamples = 33;

    private const int WindowBits = 12;
    private const int NoiseBits = 10;
    private const int CoefficientBits = 14;
    private const double SmoothingOfEven = 0.025;
    private const double SmoothingOfOdd = 0.06;
    private const double Remaining = 0.05;
    private const int GainBits = 21;
    private const int ProductBits = 12;
    private const double GainStrength = 0.95;
    private const double GainOffset = 80;
    private const int LogarithmScale = 64;

    // Features in steps of 25.6 x 26 / 256: the range that speech models are trained with becomes the 256 numbers of int8.
    private const int FeatureMultiplier = 256;
    private const int FeatureDivisor = 666;

    private readonly SpectrumGraph _graph = new();
    private readonly MelSettings _settings;

    private MicroSpeechFrontEnd(MelSettings settings)
    {
        _settings = settings;
    }

    /// <summary>The packed network: one frame (int16) to its features (int8, without a scale), with the noise of each band as its state.</summary>
    /// <param name="frontEnd">The front end.</param>
    /// <param name="settings">Its bands.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It cannot be made.</exception>
    public static byte[] Pack(FrontEnd frontEnd, MelSettings settings, string source)
    {
        MelFilterBank bank = MelFilterBank.Make(settings, frontEnd.SampleRate, Math.Floor, source);
        return new MicroSpeechFrontEnd(settings).Pack(frontEnd.Channels[0].PerCount, bank);
    }

    /// <summary>What the transform's division by its length leaves undone: half its bits, less half of the filter bank's.</summary>
    private int CorrectionBits => BitOperations.Log2((uint)_settings.TransformSamples) - (BitOperations.Log2((uint)MelFilterBank.Unit) / 2);

    private byte[] Pack(double perCount, MelFilterBank bank)
    {
        int frame = _settings.FrameSamples;
        short[] window = [.. Enumerable.Range(0, frame).Select(i => (short)Math.Floor(((1 << WindowBits) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / frame)))) + 0.5))];
        Tensor roots = _graph.AddRoots(_settings, perCount, window, WindowBits, bank);
        return _graph.Pack(Features(Logarithms(roots)));
    }

    /// <summary>16 bits, 6 of them fraction bits.</summary>
    private Tensor Logarithms(Tensor roots)
    {
        Tensor noise = new("noise", DataType.UInt32, [1, _settings.Bands]) { InitialState = new byte[_settings.Bands * sizeof(uint)] };
        SignalFilterBankSpectralSubtraction subtraction = new(
            Smoothing(SmoothingOfEven), Smoothing(SmoothingOfOdd), Coefficient(Remaining), NoiseBits, CoefficientBits, Clamps: false);
        Tensor signal = new("signal", DataType.UInt32, [1, _settings.Bands]);
        Tensor estimate = new("noise estimate", DataType.UInt32, [1, _settings.Bands]);
        _graph.Graph.Nodes.Add(new Node(subtraction, [roots, noise], [signal, estimate]));
        Tensor amplified = _graph.Add(
            "amplified", DataType.UInt32, _settings.Bands, new SignalPcan(GainBits - CorrectionBits - ProductBits), signal, estimate, SpectrumGraph.Constant("gain", Gain()));
        return _graph.Add("logarithms", DataType.Int16, _settings.Bands, new SignalFilterBankLog(CorrectionBits, LogarithmScale), amplified);
    }

    private Tensor Features(Tensor logarithms)
    {
        Tensor features = _graph.Add("wide", DataType.Int32, _settings.Bands, new Cast(), logarithms);
        (ArithmeticFunction Function, int Operand)[] steps =
        [
            (ArithmeticFunction.Multiply, FeatureMultiplier),
            (ArithmeticFunction.Add, FeatureDivisor / 2),
            (ArithmeticFunction.Divide, FeatureDivisor),
            (ArithmeticFunction.Add, sbyte.MinValue),
            (ArithmeticFunction.Minimum, sbyte.MaxValue),
            (ArithmeticFunction.Maximum, sbyte.MinValue),
        ];
        foreach ((ArithmeticFunction function, int operand) in steps)
        {
            int[] value = [operand];
            Tensor constant = new("constant", DataType.Int32, [1]) { Data = MemoryMarshal.AsBytes(value.AsSpan()).ToArray() };
            features = _graph.Add(function.ToString(), DataType.Int32, _settings.Bands, new Arithmetic(function, Activation.None), features, constant);
        }

        return _graph.Add("features", DataType.Int8, _settings.Bands, new Cast(), features);
    }

    private static SmoothingFilter Smoothing(double part)
    {
        return new SmoothingFilter(Coefficient(part), (1 << CoefficientBits) - Coefficient(part));
    }

    private static int Coefficient(double part)
    {
        return (int)(part * (1 << CoefficientBits));
    }

    /// <summary>
    /// The gain as the table that <see cref="SignalPcan"/> takes: its values at 0 and 1, then a parabola for each power of two, through its values
    /// at the ends and in the middle.
    /// </summary>
    private short[] Gain()
    {
        const int Intervals = 32;
        const int Length = 125;
        const int Before = 6;
        short[] table = new short[Length];
        table[0] = GainOf(0);
        table[1] = GainOf(1);
        for (int interval = 2; interval <= Intervals; interval++)
        {
            uint first = 1u << (interval - 1);
            uint last = interval == Intervals ? uint.MaxValue : 2 * first;
            short start = GainOf(first);
            int middle = GainOf(first + (first / 2)) - start;
            int end = GainOf(last) - start;
            int linear = (4 * middle) - end;
            int at = (4 * interval) - Before;
            table[at] = start;
            table[at + 1] = (short)linear;
            table[at + 2] = (short)(end - linear);
        }

        return table;
    }

    private short GainOf(uint noise)
    {
        double value = noise / (double)(1 << (NoiseBits - CorrectionBits));
        double gain = (1 << GainBits) * Math.Pow(value + GainOffset, -GainStrength);
        return gain > short.MaxValue ? short.MaxValue : (short)(gain + 0.5);
    }
}
