namespace EdgeQuant.Converter.Tests.Sine;

/// <summary>A fully connected layer in floating point, with what its training needs.</summary>
internal sealed class DenseLayer
{
    private const double MomentDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Pulls parameters towards 0: large ones would magnify the rounding of activations once they are 8-bit integers.</summary>
    private const double Decay = 1e-4;

    private readonly double[] _input;
    private readonly double[] _gradients;
    private readonly double[] _moments;
    private readonly double[] _squares;

    /// <summary>Makes a layer with random weights (He et al. 2015: their variance is 2 / inputs) and biases of 0.</summary>
    public DenseLayer(int inputs, int outputs, bool rectified, Random random)
    {
        Inputs = inputs;
        Outputs = outputs;
        Rectified = rectified;
        Parameters = new double[(inputs + 1) * outputs];
        Output = new double[outputs];
        _input = new double[inputs];
        _gradients = new double[Parameters.Length];
        _moments = new double[Parameters.Length];
        _squares = new double[Parameters.Length];
        for (int i = 0; i < inputs * outputs; i++)
        {
            Parameters[i] = Normal(random) * Math.Sqrt(2.0 / inputs);
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>True if negative outputs become 0.</summary>
    public bool Rectified { get; }

    /// <summary>Weights [outputs, inputs], then biases [outputs].</summary>
    public double[] Parameters { get; }

    /// <summary>What <see cref="Forward"/> computed last.</summary>
    public double[] Output { get; }

    public double Weight(int output, int input)
    {
        return Parameters[(output * Inputs) + input];
    }

    public double Bias(int output)
    {
        return Parameters[(Outputs * Inputs) + output];
    }

    /// <summary>Computes the outputs.</summary>
    public double[] Forward(double[] input)
    {
        input.CopyTo(_input, 0);
        for (int o = 0; o < Outputs; o++)
        {
            double sum = Bias(o);
            for (int i = 0; i < Inputs; i++)
            {
                sum += Weight(o, i) * input[i];
            }

            Output[o] = Rectified ? Math.Max(0, sum) : sum;
        }

        return Output;
    }

    /// <summary>Adds to the gradients of the parameters, and gives those of the inputs, for what <see cref="Forward"/> computed last.</summary>
    /// <param name="errors">The loss's derivative with respect to each output.</param>
    public double[] Backward(double[] errors)
    {
        double[] back = new double[Inputs];
        for (int o = 0; o < Outputs; o++)
        {
            if (Rectified && Output[o] <= 0)
            {
                continue;
            }

            for (int i = 0; i < Inputs; i++)
            {
                _gradients[(o * Inputs) + i] += errors[o] * _input[i];
                back[i] += errors[o] * Weight(o, i);
            }

            _gradients[(Outputs * Inputs) + o] += errors[o];
        }

        return back;
    }

    /// <summary>One step of Adam (Kingma and Ba 2015) with the gradients collected so far, which start anew.</summary>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    public void Learn(int step, double rate)
    {
        double momentScale = 1 / (1 - Math.Pow(MomentDecay, step));
        double squareScale = 1 / (1 - Math.Pow(SquareDecay, step));
        for (int i = 0; i < Parameters.Length; i++)
        {
            double gradient = _gradients[i] + (Decay * Parameters[i]);
            _moments[i] = (MomentDecay * _moments[i]) + ((1 - MomentDecay) * gradient);
            _squares[i] = (SquareDecay * _squares[i]) + ((1 - SquareDecay) * gradient * gradient);
            Parameters[i] -= rate * _moments[i] * momentScale / (Math.Sqrt(_squares[i] * squareScale) + Epsilon);
            _gradients[i] = 0;
        }
    }

    /// <summary>A normally distributed number (Box and Muller 1958).</summary>
    private static double Normal(Random random)
    {
        return Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
