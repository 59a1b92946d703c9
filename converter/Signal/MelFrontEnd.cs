using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Signal;

/// <summary>
/// Makes the network of a <c>logMel</c> or <c>mfcc</c> front end of signal operators: window, Fourier transform, energies, bands of a mel scale,
/// roots, logarithms, and for <c>mfcc</c> a cosine transform (DCT-II, orthonormal but for its first row) as a fully connected layer.
/// </summary>
internal sealed class MelFrontEnd
{
    private const int WindowBits = 15;

    // The largest logarithm is that of 2^21 (roots have 6 fraction bits): 14.6, which 11 fraction bits leave in 16.
    private const int LogarithmScale = 1 << 11;

    // Of at most 128 bands with logarithms up to 14.6 a coefficient is at most 234.
    private const int CoefficientScale = 1 << 7;

    private readonly FrontEnd _frontEnd;
    private readonly MelSettings _settings;
    private readonly SpectrumGraph _graph = new();

    private MelFrontEnd(FrontEnd frontEnd, MelSettings settings)
    {
        _frontEnd = frontEnd;
        _settings = settings;
    }

    /// <summary>The packed network: one frame (int16) to its features (int16, natural logarithms of amplitudes in the channel's unit).</summary>
    /// <param name="frontEnd">The front end.</param>
    /// <param name="settings">Its bands.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It cannot be made.</exception>
    public static byte[] Pack(FrontEnd frontEnd, MelSettings settings, string source)
    {
        MelFilterBank bank = MelFilterBank.Make(settings, frontEnd.SampleRate, Math.Round, source);
        MelFrontEnd made = new(frontEnd, settings);
        double zeroPoint = -Math.Round(made.LogarithmOfUnit * LogarithmScale);
        if (zeroPoint is < short.MinValue or > short.MaxValue)
        {
            throw new SignalException(source, $"The channel's perCount is {frontEnd.Channels[0].PerCount}: the logarithms of its amplitudes are beyond 16 bits. Choose another unit.");
        }

        Tensor logarithms = made.Logarithms(bank, (int)zeroPoint);
        return made._graph.Pack(settings.Coefficients is int coefficients ? made.Coefficients(logarithms, coefficients) : logarithms);
    }

    /// <summary>The logarithm, in the channel's unit, of the amplitude whose root is 1: roots are 64 / transform samples of an amplitude in counts.</summary>
    private double LogarithmOfUnit => Math.Log(_settings.TransformSamples * _frontEnd.Channels[0].PerCount / Math.Sqrt(MelFilterBank.Unit));

    private Tensor Logarithms(MelFilterBank bank, int zeroPoint)
    {
        int frame = _settings.FrameSamples;
        short[] window = [.. Enumerable.Range(0, frame).Select(i => (short)Math.Round(short.MaxValue * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / frame)))))];
        Tensor roots = _graph.AddRoots(_settings, _frontEnd.Channels[0].PerCount, window, WindowBits, bank);
        Tensor logarithms = _graph.Add("logarithms", DataType.Int16, _settings.Bands, new SignalFilterBankLog(0, LogarithmScale), roots);

        // A layer of 16 bits takes no zero point: Coefficients puts it into the bias.
        logarithms.Quantization = Quantization.PerTensor(1f / LogarithmScale, _settings.Coefficients is null ? zeroPoint : 0);
        return logarithms;
    }

    private Tensor Coefficients(Tensor logarithms, int count)
    {
        int bands = _settings.Bands;
        double unit = Math.Round(LogarithmOfUnit * LogarithmScale);
        sbyte[] weights = new sbyte[count * bands];
        float[] scales = new float[count];
        long[] biases = new long[count];
        for (int row = 0; row < count; row++)
        {
            double[] cosines = [.. Enumerable.Range(0, bands).Select(band => Math.Sqrt(2.0 / bands) * Math.Cos(Math.PI * row * (band + 0.5) / bands))];
            scales[row] = (float)(cosines.Max(value => Math.Abs(value)) / sbyte.MaxValue);
            for (int band = 0; band < bands; band++)
            {
                sbyte weight = (sbyte)Math.Round(cosines[band] / scales[row]);
                weights[(row * bands) + band] = weight;
                biases[row] += weight * (long)unit;
            }
        }

        Tensor matrix = new("cosines", DataType.Int8, [count, bands]) { Data = MemoryMarshal.AsBytes(weights.AsSpan()).ToArray(), Quantization = new Quantization(scales, new long[count], 0) };
        Tensor bias = new("unit", DataType.Int64, [count]) { Data = MemoryMarshal.AsBytes(biases.AsSpan()).ToArray() };
        Tensor coefficients = _graph.Add("coefficients", DataType.Int16, count, new FullyConnected(Activation.None), logarithms, matrix, bias);
        coefficients.Quantization = Quantization.PerTensor(1f / CoefficientScale, 0);
        return coefficients;
    }
}
