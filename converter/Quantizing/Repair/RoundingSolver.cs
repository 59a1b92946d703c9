using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Adaptive rounding (Nagel et al. 2020, "Up or Down? Adaptive Rounding for Post-Training Quantization", arXiv 2004.10568): for each weight a
/// number h between 0 (down) and 1 (up), a stretched and clipped sigmoid of a variable that Adam moves against the squared error of the
/// outputs behind their activation. A regularization whose exponent falls drives every h to 0 or 1 in the end.
/// </summary>
/// <remarks>
/// Errors count in units of a channel's step times the root mean square of the data, so that one regularization serves all layers. With few
/// rows the weights' own errors count too, as much as the rows leave open.
/// </remarks>
internal sealed class RoundingSolver
{
    private const int Width = PanelMatrix.Width;

    /// <summary>The sigmoid's range before it is clipped to 0 to 1.</summary>
    private const float StretchedLow = -0.1f;
    private const float StretchedHigh = 1.1f;
    private const float Stretch = StretchedHigh - StretchedLow;

    /// <summary>The regularization: its weight, its exponent at first and in the end, the share of iterations before it starts.</summary>
    private const float Regularization = 0.02f;
    private const float FirstExponent = 20;
    private const float LastExponent = 2;
    private const double WarmUp = 0.2;

    private const float LearningRate = 0.02f;
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly RoundingProblem _problem;
    private readonly Bounds _bounds;
    private readonly float[] _channelFactors = new float[Width];
    private readonly float _ridge;
    private readonly float[] _variables;
    private readonly float[] _sigmoids;
    private readonly float[] _roundings;
    private readonly float[] _weights;
    private readonly float[] _gradients;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _scratch;

    private RoundingSolver(RoundingProblem problem)
    {
        _problem = problem;
        _bounds = Bounds.Of(problem.Activation);
        int count = problem.Depth * Width;
        _variables = new float[count];
        _sigmoids = new float[count];
        _roundings = new float[count];
        _weights = new float[count];
        _gradients = new float[count];
        _first = new float[count];
        _second = new float[count];
        _scratch = new float[count];
        _ridge = problem.Depth / (float)(problem.Depth + problem.Rows);
        float meanSquare = TensorPrimitives.SumOfSquares(problem.Data.AsSpan()) / problem.Data.Length;
        for (int column = 0; column < problem.Columns; column++)
        {
            float step = MeanStep(column);
            _channelFactors[column] = step > 0 && meanSquare > 0 ? 1 / (step * step * meanSquare) : 0;
        }

        for (int i = 0; i < count; i++)
        {
            float sigmoid = (problem.Fraction[i] - StretchedLow) / Stretch;
            _variables[i] = MathF.Log(sigmoid / (1 - sigmoid));
        }
    }

    /// <summary>Finds the roundings.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="iterations">Steps of Adam.</param>
    /// <param name="batch">Rows that each step looks at.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>True for up, in the layout of the problem. A channel that the search made no better is rounded to the nearest.</returns>
    public static bool[] Run(RoundingProblem problem, int iterations, int batch, CancellationToken cancellation)
    {
        RoundingSolver solver = new(problem);
        solver.Search(iterations, Math.Min(batch, problem.Rows), cancellation);
        return solver.Better();
    }

    private void Search(int iterations, int batch, CancellationToken cancellation)
    {
        float[] outputs = new float[batch * Width];
        int batches = _problem.Rows / batch;
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            SoftRoundings();
            int start = iteration % batches * batch;
            Errors(start, batch, outputs);
            MatrixProduct.Run(_problem.DataByDepth.AsSpan(start), _problem.Rows, _problem.Depth, new PanelMatrix(outputs, batch, Width), [], Bounds.Of(Activation.None), _gradients, Width);
            TensorPrimitives.Multiply(_gradients, _problem.Step, _gradients);
            AddRidge();
            double progress = ((iteration / (double)iterations) - WarmUp) / (1 - WarmUp);
            if (progress > 0)
            {
                AddRegularization((float)(LastExponent + (0.5 * (FirstExponent - LastExponent) * (1 + Math.Cos(progress * Math.PI)))));
            }

            Descend(iteration + 1);
        }
    }

    /// <summary>h, and the weights that it makes.</summary>
    private void SoftRoundings()
    {
        TensorPrimitives.Sigmoid(_variables, _sigmoids);
        TensorPrimitives.Multiply(_sigmoids, Stretch, _roundings);
        TensorPrimitives.Add(_roundings, StretchedLow, _roundings);
        TensorPrimitives.Clamp(_roundings, 0, 1, _roundings);
        TensorPrimitives.MultiplyAdd(_problem.Step, _roundings, _problem.Lower, _weights);
    }

    /// <summary>The derivatives of the mean squared error by the outputs before the activation.</summary>
    private void Errors(int start, int batch, float[] outputs)
    {
        MatrixProduct.Run(
            _problem.Data.AsSpan(start * _problem.Depth), _problem.Depth, batch, new PanelMatrix(_weights, _problem.Depth, Width), _problem.Bias, Bounds.Of(Activation.None), outputs, Width);
        float factor = 2f / batch;
        for (int i = 0; i < outputs.Length; i++)
        {
            float output = outputs[i];
            float held = Math.Min(Math.Max(output, _bounds.Lowest), _bounds.Highest);
            bool passes = output > _bounds.Lowest && output < _bounds.Highest;
            outputs[i] = passes ? factor * _channelFactors[i % Width] * (held - _problem.Targets[(start * Width) + i]) : 0;
        }
    }

    private void AddRidge()
    {
        TensorPrimitives.Subtract(_roundings, _problem.Fraction, _scratch);
        TensorPrimitives.Multiply(_scratch, 2 * _ridge, _scratch);
        TensorPrimitives.Add(_gradients, _scratch, _gradients);
    }

    /// <summary>The derivative of weight x (1 - |2h - 1|^exponent).</summary>
    private void AddRegularization(float exponent)
    {
        TensorPrimitives.Multiply(_roundings, 2, _scratch);
        TensorPrimitives.Subtract(_scratch, 1, _scratch);
        TensorPrimitives.Abs(_scratch, _weights);
        TensorPrimitives.Pow(_weights, exponent - 1, _weights);
        TensorPrimitives.CopySign(_weights, _scratch, _weights);
        TensorPrimitives.Multiply(_weights, -2 * exponent * Regularization, _weights);
        TensorPrimitives.Add(_gradients, _weights, _gradients);
    }

    /// <summary>A step of Adam on the variables.</summary>
    private void Descend(int step)
    {
        // By the chain rule: dh / dv = stretch x sigmoid x (1 - sigmoid), where h is not clipped.
        for (int i = 0; i < _gradients.Length; i++)
        {
            float slope = _roundings[i] is > 0 and < 1 ? Stretch * _sigmoids[i] * (1 - _sigmoids[i]) : 0;
            float gradient = _problem.Step[i] == 0 ? 0 : _gradients[i] * slope;
            _first[i] = (FirstDecay * _first[i]) + ((1 - FirstDecay) * gradient);
            _second[i] = (SecondDecay * _second[i]) + ((1 - SecondDecay) * gradient * gradient);
        }

        float firstBias = 1 - MathF.Pow(FirstDecay, step);
        float secondBias = 1 - MathF.Pow(SecondDecay, step);
        float rate = LearningRate * MathF.Sqrt(secondBias) / firstBias;
        for (int i = 0; i < _variables.Length; i++)
        {
            _variables[i] -= rate * _first[i] / (MathF.Sqrt(_second[i]) + Epsilon);
        }
    }

    /// <summary>For each channel what was found, or the nearest rounding where that is better on all rows.</summary>
    private bool[] Better()
    {
        bool[] found = [.. _roundings.Select(rounding => rounding >= 0.5f)];
        bool[] nearest = [.. _problem.Fraction.Select(fraction => fraction >= 0.5f)];
        double[] foundErrors = SquaredErrors(found);
        double[] nearestErrors = SquaredErrors(nearest);
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = foundErrors[i % Width] < nearestErrors[i % Width] ? found[i] : nearest[i];
        }

        return found;
    }

    private double[] SquaredErrors(bool[] up)
    {
        for (int i = 0; i < up.Length; i++)
        {
            _weights[i] = _problem.Lower[i] + (up[i] ? _problem.Step[i] : 0);
        }

        float[] outputs = new float[_problem.Rows * Width];
        MatrixProduct.Run(_problem.Data, _problem.Depth, _problem.Rows, new PanelMatrix(_weights, _problem.Depth, Width), _problem.Bias, _bounds, outputs, Width);
        double[] errors = new double[Width];
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = outputs[i] - _problem.Targets[i];
            errors[i % Width] += error * error;
        }

        return errors;
    }

    private float MeanStep(int column)
    {
        float sum = 0;
        int count = 0;
        for (int i = column; i < _problem.Step.Length; i += Width)
        {
            sum += _problem.Step[i];
            count += _problem.Step[i] > 0 ? 1 : 0;
        }

        return count == 0 ? 0 : sum / count;
    }
}
