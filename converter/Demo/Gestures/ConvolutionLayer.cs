namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>A convolution over time. With one position and a kernel of one it is a fully connected layer.</summary>
internal sealed class ConvolutionLayer : TrainedLayer
{
    private readonly bool _rectified;
    private readonly float[] _output;
    private readonly float[] _back;
    private float[] _input = [];

    /// <summary>Makes a layer with random weights (He et al. 2015: their variance is 2 / inputs of an output) and biases of 0.</summary>
    /// <param name="positions">Positions of the input.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="kernel">Positions that an output sees; odd. Half of it is padded with zeros at each end.</param>
    /// <param name="stride">Positions from an output to the next.</param>
    /// <param name="rectified">True if negative outputs become 0.</param>
    /// <param name="noise">What the weights are drawn from.</param>
    public ConvolutionLayer(int positions, int channels, int outputs, int kernel, int stride, bool rectified, Noise noise)
    {
        Positions = positions;
        Channels = channels;
        Outputs = outputs;
        Kernel = kernel;
        Stride = stride;
        _rectified = rectified;
        OutputPositions = ((positions - 1) / stride) + 1;
        _output = new float[OutputPositions * outputs];
        _back = new float[positions * channels];
        Weights = new TrainedParameters(outputs * kernel * channels);
        Biases = new TrainedParameters(outputs);
        for (int i = 0; i < Weights.Values.Length; i++)
        {
            Weights.Values[i] = noise.Normal() * MathF.Sqrt(2f / (kernel * channels));
        }
    }

    public int Positions { get; }

    public int Channels { get; }

    public int Outputs { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int OutputPositions { get; }

    /// <summary>Zeros before the first position, and after the last.</summary>
    public int Padding => Kernel / 2;

    /// <summary>[outputs, kernel, channels].</summary>
    public TrainedParameters Weights { get; }

    /// <summary>[outputs].</summary>
    public TrainedParameters Biases { get; }

    public override float[] Forward(float[] input)
    {
        _input = input;
        for (int position = 0; position < OutputPositions; position++)
        {
            (int from, int weight, int length) = Window(position);
            ReadOnlySpan<float> window = input.AsSpan(from, length);
            for (int output = 0; output < Outputs; output++)
            {
                ReadOnlySpan<float> weights = Weights.Values.AsSpan((output * Kernel * Channels) + weight, length);
                float sum = Biases.Values[output];
                for (int i = 0; i < window.Length; i++)
                {
                    sum += weights[i] * window[i];
                }

                _output[(position * Outputs) + output] = _rectified ? Math.Max(0, sum) : sum;
            }
        }

        return _output;
    }

    public override float[] Backward(float[] errors)
    {
        Array.Clear(_back);
        for (int position = 0; position < OutputPositions; position++)
        {
            (int from, int weight, int length) = Window(position);
            ReadOnlySpan<float> window = _input.AsSpan(from, length);
            Span<float> back = _back.AsSpan(from, length);
            for (int output = 0; output < Outputs; output++)
            {
                int index = (position * Outputs) + output;
                float error = errors[index];
                if (error == 0 || (_rectified && _output[index] <= 0))
                {
                    continue;
                }

                ReadOnlySpan<float> weights = Weights.Values.AsSpan((output * Kernel * Channels) + weight, length);
                Span<float> gradients = Weights.Gradients.AsSpan((output * Kernel * Channels) + weight, length);
                for (int i = 0; i < window.Length; i++)
                {
                    gradients[i] += error * window[i];
                    back[i] += error * weights[i];
                }

                Biases.Gradients[output] += error;
            }
        }

        return _back;
    }

    public override void Learn(int step, float rate)
    {
        Weights.Learn(step, rate);
        Biases.Learn(step, rate);
    }

    /// <summary>What an output sees, without padding: the first number of the input, the weight that meets it, how many there are.</summary>
    private (int From, int Weight, int Length) Window(int position)
    {
        int start = (position * Stride) - Padding;
        int first = Math.Max(0, start);
        int end = Math.Min(Positions, start + Kernel);
        return (first * Channels, (first - start) * Channels, (end - first) * Channels);
    }
}
