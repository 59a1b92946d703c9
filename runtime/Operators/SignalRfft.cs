using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The spectrum of frames of samples: a Fourier transform of real numbers, divided by its length, as KISS FFT computes it in 16 bits.</summary>
/// <remarks>
/// Inputs: data (int16, whole frames), twiddles (int16 constant, length elements: exp(-2 pi i k / (length / 2)) for k from 0 to length / 2 - 1),
/// twiddles of the last pass (int16 constant, length / 2 elements: exp(-pi i ((k + 1) / (length / 2) + 1 / 2)) for k from 0 to length / 4 - 1);
/// twiddles are Q0.15, real and imaginary parts in turn. Output: int16, length + 2 elements for each frame: length / 2 + 1 complex numbers.
/// Attributes: frame (samples), length (a power of two from 4 to 32768, at least a frame; zeros follow a shorter frame).
/// </remarks>
internal sealed class SignalRfft : Operator
{
    private const int SmallestLength = 4;
    private const int LargestLength = 32768;

    private readonly Workspace _workspace;
    private readonly FourierTransform _transform;
    private readonly TensorData _input;
    private readonly Int16ParameterData _twiddles;
    private readonly Int16ParameterData _lastTwiddles;
    private readonly TensorData _output;
    private readonly int _frame;

    // Half the length: the transform takes two samples as one complex number.
    private readonly int _half;

    internal SignalRfft(OperatorReader reader)
    {
        reader.RequireOperands(3, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        _frame = reader.Attribute("frame", 1, LargestLength);
        int length = reader.Attribute("length", SmallestLength, LargestLength);
        reader.Require((length & (length - 1)) == 0 && length >= _frame, "the length is no power of two, or less than a frame.");
        reader.Require(input.ElementCount % _frame == 0, "its data are no whole frames.");
        long elements = (long)(input.ElementCount / _frame) * (length + 2);
        reader.Require(output.ElementCount == elements, "its output does not have the length and two more elements for each frame.");
        _half = length / 2;
        _twiddles = reader.Int16Parameters(reader.Input(1), length);
        _lastTwiddles = reader.Int16Parameters(reader.Input(2), _half);
        _input = reader.Data(input);
        _output = reader.Data(output);
        _transform = new FourierTransform(_half);
        _workspace = reader.Workspace;
        _workspace.Require(length);
    }

    internal override void Run()
    {
        ReadOnlyInt16Vector input = _input.Int16();
        Int16Vector output = _output.Int16();
        int[] data = _workspace.Int32;
        int spectrum = (2 * _half) + 2;
        int to = 0;
        for (int from = 0; from < input.Length; from += _frame, to += spectrum)
        {
            Load(input.Slice(from, _frame), data);
            _transform.Run(data, _twiddles.Vector);
            Separate(data, output.Slice(to, spectrum));
        }
    }

    /// <summary>Two samples in turn become a complex number, in the order that the transform needs; zeros follow the last.</summary>
    private void Load(ReadOnlyInt16Vector samples, int[] data)
    {
        for (int i = 0; i < _half; i++)
        {
            int sample = 2 * _transform.Order(i);
            data[2 * i] = sample < samples.Length ? samples[sample] : 0;
            data[(2 * i) + 1] = sample + 1 < samples.Length ? samples[sample + 1] : 0;
        }
    }

    /// <summary>Makes the spectrum of real numbers of that of pairs of them: it is the sum of the even and the odd samples' spectra.</summary>
    private void Separate(int[] data, Int16Vector spectrum)
    {
        Int16Parameters twiddles = _lastTwiddles.Vector;
        int even = FourierTransform.Divide(data[0], 2);
        int odd = FourierTransform.Divide(data[1], 2);
        spectrum[0] = (short)(even + odd);
        spectrum[1] = 0;
        spectrum[2 * _half] = (short)(even - odd);
        spectrum[(2 * _half) + 1] = 0;
        for (int k = 2; k <= _half; k += 2)
        {
            int mirrored = (2 * _half) - k;
            int ar = FourierTransform.Divide(data[k], 2);
            int ai = FourierTransform.Divide(data[k + 1], 2);
            int br = FourierTransform.Divide(data[mirrored], 2);
            int bi = FourierTransform.Divide((short)-data[mirrored + 1], 2);
            int sumR = (short)(ar + br);
            int sumI = (short)(ai + bi);
            int differenceR = (short)(ar - br);
            int differenceI = (short)(ai - bi);
            int wr = twiddles[k - 2];
            int wi = twiddles[k - 1];
            int turnedR = FourierTransform.Round((differenceR * wr) - (differenceI * wi));
            int turnedI = FourierTransform.Round((differenceR * wi) + (differenceI * wr));
            spectrum[k] = (short)((sumR + turnedR) >> 1);
            spectrum[k + 1] = (short)((sumI + turnedI) >> 1);
            spectrum[mirrored] = (short)((sumR - turnedR) >> 1);
            spectrum[mirrored + 1] = (short)((turnedI - sumI) >> 1);
        }
    }
}
