using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Host.Kernels;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class UnaryKernelTests
{
    private static readonly float[] Values = [-20f, -9.5f, -4f, -2.5f, -1.5f, -0.3f, 0f, 0.25f, 0.5f, 1.5f, 2.5f, 3.5f, 7f, 17f];

    [Fact]
    public void Functions_are_close_to_the_exact_ones()
    {
        Check(HostOperation.Relu, x => Math.Max(x, 0));
        Check(HostOperation.Relu6, x => Math.Clamp(x, 0, 6));
        Check(HostOperation.HardSwish, x => x * Math.Clamp(x + 3, 0, 6) / 6);
        Check(HostOperation.LeakyRelu, x => x > 0 ? x : 0.125 * x, 0.125f);
        Check(HostOperation.Logistic, x => 1 / (1 + Math.Exp(-x)));
        Check(HostOperation.Tanh, Math.Tanh);
        Check(HostOperation.Absolute, Math.Abs);
        Check(HostOperation.Negate, x => -x);
        Check(HostOperation.Square, x => x * x);
        Check(HostOperation.SquareRoot, Math.Sqrt);
        Check(HostOperation.ReciprocalSquareRoot, x => 1 / Math.Sqrt(x));
        Check(HostOperation.Exponential, Math.Exp);
        Check(HostOperation.Logarithm, Math.Log);
        Check(HostOperation.Sine, Math.Sin);
        Check(HostOperation.Cosine, Math.Cos);
        Check(HostOperation.Ceiling, Math.Ceiling);
        Check(HostOperation.Floor, Math.Floor);
        Check(HostOperation.Round, x => Math.Round(x, MidpointRounding.ToEven));
    }

    [Fact]
    public void Logistic_is_1_above_its_limit()
    {
        Assert.Equal([1f, 1f], Run(HostOperation.Logistic, null, 16.62f, 1e30f));
    }

    [Fact]
    public void Clamps_let_NaN_and_negative_zero_pass()
    {
        Assert.Equal([float.NaN], Run(HostOperation.Relu, null, float.NaN));
        Assert.Equal([float.NaN], Run(HostOperation.Relu6, null, float.NaN));
        Assert.True(float.IsNegative(Run(HostOperation.Relu, null, -0f)[0]));
    }

    [Fact]
    public void Rounding_gives_no_negative_zero()
    {
        Assert.False(float.IsNegative(Run(HostOperation.Round, null, -0.3f)[0]));
    }

    private static void Check(HostOperation operation, Func<double, double> exact, float? alpha = null)
    {
        float[] results = Run(operation, alpha, Values);
        for (int i = 0; i < Values.Length; i++)
        {
            double expected = exact(Values[i]);
            bool close = Math.Abs(results[i] - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected));
            Assert.True(close || expected.Equals((double)results[i]), $"{operation} of {Values[i]} is {results[i]}; about {expected} was expected.");
        }
    }

    private static float[] Run(HostOperation operation, float? alpha, params float[] values)
    {
        byte[] output = new byte[values.Length * sizeof(float)];
        UnaryKernel.Run(new HostStep { Operation = operation, Inputs = [0], Outputs = [1], Alpha = alpha }, Floats.Bytes(values), output);
        return Floats.Of(output);
    }
}
