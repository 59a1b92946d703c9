using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Functions of each real number in single precision, with the reference's comparisons (they decide what becomes of NaN and -0).</summary>
internal static class UnaryKernel
{
    /// <summary>Above this the reference takes the logistic function to be 1.</summary>
    private const float LogisticUpper = 16.619047f;

    /// <summary>Below this the reference takes the logistic function to be the exponential.</summary>
    private const float LogisticLower = -9f;

    public static void Run(HostStep step, ReadOnlySpan<byte> input, Span<byte> output)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(input);
        Span<float> results = MemoryMarshal.Cast<byte, float>(output);
        float alpha = step.Alpha ?? 0;
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = Apply(step.Operation, values[i], alpha);
        }
    }

    private static float Apply(HostOperation operation, float x, float alpha)
    {
        return operation switch
        {
            HostOperation.Relu => x < 0 ? 0 : x,
            HostOperation.Relu6 => x > 6 ? 6 : x < 0 ? 0 : x,
            HostOperation.HardSwish => x * Hold(x + 3, 6) / 6,
            HostOperation.LeakyRelu => x > 0 ? x : x * alpha,
            HostOperation.Logistic => Logistic(x),
            HostOperation.Tanh => MathF.Tanh(x),
            HostOperation.Absolute => MathF.Abs(x),
            HostOperation.Negate => -x,
            HostOperation.Square => x * x,
            HostOperation.SquareRoot => MathF.Sqrt(x),
            HostOperation.ReciprocalSquareRoot => 1 / MathF.Sqrt(x),
            HostOperation.Exponential => MathF.Exp(x),
            HostOperation.Logarithm => MathF.Log(x),
            HostOperation.Sine => MathF.Sin(x),
            HostOperation.Cosine => MathF.Cos(x),
            HostOperation.Ceiling => MathF.Ceiling(x),
            HostOperation.Floor => MathF.Floor(x),
            _ => Round(x),
        };
    }

    /// <summary>Held within 0 and a limit; NaN becomes 0.</summary>
    private static float Hold(float x, float limit)
    {
        float positive = x > 0 ? x : 0;
        return positive < limit ? positive : limit;
    }

    private static float Logistic(float x)
    {
        if (x > LogisticUpper)
        {
            return 1;
        }

        return x < LogisticLower ? MathF.Exp(x) : 1 / (1 + MathF.Exp(-x));
    }

    /// <summary>To the nearest integer, ties to the even one; 0 is never negative.</summary>
    private static float Round(float x)
    {
        float floor = MathF.Floor(x);
        float rest = x - floor;
        bool down = rest < 0.5f || (rest == 0.5f && floor % 2 == 0);
        return down ? floor : floor + 1;
    }
}
