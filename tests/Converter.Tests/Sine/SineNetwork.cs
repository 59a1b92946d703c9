namespace EdgeQuant.Converter.Tests.Sine;

/// <summary>
/// A small network in floating point that learns the sine: an angle from 0 to 2 pi in, 16 and 16 rectified units, a number out. Trained from
/// a fixed seed, so it is the same every time.
/// </summary>
internal sealed class SineNetwork
{
    private const int Units = 16;
    private const int Seed = 1;
    private const int Steps = 6000;
    private const int Batch = 32;
    private const double FirstRate = 0.01;

    private SineNetwork()
    {
        Random random = new(Seed);
        Layers = [new DenseLayer(1, Units, rectified: true, random), new DenseLayer(Units, Units, rectified: true, random), new DenseLayer(Units, 1, rectified: false, random)];
        for (int step = 1; step <= Steps; step++)
        {
            for (int i = 0; i < Batch; i++)
            {
                double angle = random.NextDouble() * Largest;
                Learn(angle, Math.Sin(angle));
            }

            double rate = FirstRate * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
            Array.ForEach(Layers, layer => layer.Learn(step, rate));
        }
    }

    /// <summary>The largest angle, 2 pi.</summary>
    public static double Largest => 2 * Math.PI;

    /// <summary>The layers; the first takes angles from -1 to 1 for 0 to 2 pi (<see cref="Centered"/>).</summary>
    public DenseLayer[] Layers { get; }

    /// <summary>Trains the network.</summary>
    public static SineNetwork Train()
    {
        return new SineNetwork();
    }

    /// <summary>An angle as the first layer takes it; it learns faster from values around 0.</summary>
    public static double Centered(double angle)
    {
        return (angle / Math.PI) - 1;
    }

    /// <summary>What the network makes of an angle. The layers keep what they computed on the way.</summary>
    public double Predict(double angle)
    {
        double[] values = [Centered(angle)];
        foreach (DenseLayer layer in Layers)
        {
            values = layer.Forward(values);
        }

        return values[0];
    }

    /// <summary>Adds one example to the gradient of the mean squared error of a batch.</summary>
    private void Learn(double angle, double target)
    {
        double[] errors = [2 * (Predict(angle) - target) / Batch];
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            errors = Layers[i].Backward(errors);
        }
    }
}
