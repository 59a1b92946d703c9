namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>Numbers that are learned by Adam (Kingma and Ba 2015), with a pull towards 0: large ones make ranges that quantize badly.</summary>
/// <param name="count">How many.</param>
internal sealed class TrainedParameters(int count)
{
    private const float MomentDecay = 0.9f;
    private const float SquareDecay = 0.999f;
    private const float Epsilon = 1e-8f;
    private const float Decay = 1e-4f;

    private readonly float[] _moments = new float[count];
    private readonly float[] _squares = new float[count];

    /// <summary>The numbers; 0 at first.</summary>
    public float[] Values { get; } = new float[count];

    /// <summary>The loss's derivatives with respect to them, summed over a batch.</summary>
    public float[] Gradients { get; } = new float[count];

    /// <summary>One step; the gradients start anew.</summary>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    public void Learn(int step, float rate)
    {
        float momentScale = 1 / (1 - MathF.Pow(MomentDecay, step));
        float squareScale = 1 / (1 - MathF.Pow(SquareDecay, step));
        for (int i = 0; i < Values.Length; i++)
        {
            float gradient = Gradients[i] + (Decay * Values[i]);
            _moments[i] = (MomentDecay * _moments[i]) + ((1 - MomentDecay) * gradient);
            _squares[i] = (SquareDecay * _squares[i]) + ((1 - SquareDecay) * gradient * gradient);
            Values[i] -= rate * _moments[i] * momentScale / (MathF.Sqrt(_squares[i] * squareScale) + Epsilon);
            Gradients[i] = 0;
        }
    }
}
