namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>The largest value of each channel in windows that do not overlap.</summary>
/// <param name="positions">Positions of the input, a multiple of <paramref name="size"/>.</param>
/// <param name="channels">Channels of input and output.</param>
/// <param name="size">Positions of a window.</param>
internal sealed class MaximumPoolLayer(int positions, int channels, int size) : TrainedLayer
{
    private readonly float[] _output = new float[positions / size * channels];
    private readonly int[] _chosen = new int[positions / size * channels];
    private readonly float[] _back = new float[positions * channels];

    public int Size => size;

    public int OutputPositions => positions / size;

    public int Channels => channels;

    public override float[] Forward(float[] input)
    {
        for (int i = 0; i < _output.Length; i++)
        {
            int first = (i / channels * size * channels) + (i % channels);
            int best = first;
            for (int k = 1; k < size; k++)
            {
                int next = first + (k * channels);
                best = input[next] > input[best] ? next : best;
            }

            _chosen[i] = best;
            _output[i] = input[best];
        }

        return _output;
    }

    public override float[] Backward(float[] errors)
    {
        Array.Clear(_back);
        for (int i = 0; i < _chosen.Length; i++)
        {
            _back[_chosen[i]] = errors[i];
        }

        return _back;
    }

    public override void Learn(int step, float rate)
    {
        // Nothing in it is learned.
    }
}
