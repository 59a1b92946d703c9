using EdgeQuant.Converter.Demo.Gestures;
using Xunit;

namespace EdgeQuant.Converter.Tests.Demo;

/// <summary>Gradients of layers against differences of what they compute.</summary>
public sealed class TrainedLayerTests
{
    private const float Difference = 1e-2f;
    private const double Tolerance = 2e-2;

    private readonly Noise _noise = new(1);

    [Theory]
    [InlineData(8, 3, 4, 5, 2, false)]
    [InlineData(7, 2, 3, 3, 1, false)]
    [InlineData(1, 6, 2, 1, 1, false)]
    [InlineData(8, 3, 4, 5, 2, true)]
    public void Gradients_of_a_convolution_are_its_slopes(int positions, int channels, int outputs, int kernel, int stride, bool rectified)
    {
        ConvolutionLayer layer = new(positions, channels, outputs, kernel, stride, rectified, _noise);
        float[] input = Draw(positions * channels);
        float[] errors = Draw(layer.OutputPositions * outputs);
        layer.Forward(input);
        float[] back = [.. layer.Backward(errors)];
        Assert.All(Enumerable.Range(0, input.Length), i => Assert.Equal(Slope(layer, input, errors, input, i), back[i], Tolerance));
        float[] weights = layer.Weights.Values;
        Assert.All(Enumerable.Range(0, weights.Length), i => Assert.Equal(Slope(layer, input, errors, weights, i), layer.Weights.Gradients[i], Tolerance));
        float[] biases = layer.Biases.Values;
        Assert.All(Enumerable.Range(0, biases.Length), i => Assert.Equal(Slope(layer, input, errors, biases, i), layer.Biases.Gradients[i], Tolerance));
    }

    [Fact]
    public void A_pool_gives_errors_to_what_it_chose()
    {
        MaximumPoolLayer layer = new(4, 2, 2);
        Assert.Equal([5, 2, 7, 9], layer.Forward([1, 2, 5, 0, 7, 8, 6, 9]));
        Assert.Equal([0, 20, 10, 0, 30, 0, 0, 40], layer.Backward([10, 20, 30, 40]));
    }

    [Fact]
    public void Parameters_learn_against_their_gradients()
    {
        TrainedParameters parameters = new(2);
        for (int step = 1; step <= 500; step++)
        {
            parameters.Gradients[0] += 2 * (parameters.Values[0] - 1);
            parameters.Gradients[1] += 2 * (parameters.Values[1] + 3);
            parameters.Learn(step, 0.02f);
        }

        Assert.Equal(1, parameters.Values[0], 0.01);
        Assert.Equal(-3, parameters.Values[1], 0.01);
        Assert.Equal([0, 0], parameters.Gradients);
    }

    /// <summary>How much errors x outputs changes with one number.</summary>
    private static double Slope(ConvolutionLayer layer, float[] input, float[] errors, float[] numbers, int index)
    {
        float before = numbers[index];
        numbers[index] = before + Difference;
        double above = Loss();
        numbers[index] = before - Difference;
        double below = Loss();
        numbers[index] = before;
        return (above - below) / (2 * Difference);

        double Loss() => layer.Forward(input).Zip(errors, (output, error) => (double)output * error).Sum();
    }

    private float[] Draw(int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => _noise.Normal())];
    }
}
