using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Operators;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Rescaling of accumulators against its definition, on every kernel set: lengths that fill no register, and the extremes.</summary>
public sealed class RescaleTests
{
    private const int Cases = 1000;
    private const int Margin = 3;

    [Fact]
    public void Accumulators_are_rescaled_where_they_are()
    {
        foreach (KernelSet kernels in KernelSets.All)
        {
            for (int seed = 0; seed < Cases; seed++)
            {
                Random random = new(seed);
                int start = random.Next(Margin);
                int count = random.Next(40);
                Rescaling factor = new(random.Next(8) == 0 ? 0 : random.Next(8) == 0 ? int.MaxValue : random.Next(1 << 30, int.MaxValue), random.Next(-31, 31));
                int offset = random.Next(-32768, 32768);
                int minimum = random.Next(-32768, 32768);
                int maximum = random.Next(minimum, 32768);
                int[] values = [.. Enumerable.Range(0, start + count + Margin).Select(_ => Accumulator(random))];
                int[] expected = [.. values.Select((value, i) => i >= start && i < start + count ? Rescaled(value, factor, offset, minimum, maximum) : value)];

                kernels.Rescale(values, start, count, factor, offset, minimum, maximum);

                Assert.True(expected.AsSpan().SequenceEqual(values), $"{kernels.Name}, seed {seed}");
            }
        }
    }

    private static int Accumulator(Random random)
    {
        return random.Next(6) switch
        {
            0 => int.MinValue,
            1 => int.MaxValue,
            2 => random.Next(-10, 10),
            3 => random.Next(int.MinValue, int.MaxValue),
            _ => random.Next(-100_000, 100_000),
        };
    }

    private static int Rescaled(int value, Rescaling factor, int offset, int minimum, int maximum)
    {
        return Math.Min(Math.Max(Requantization.MultiplyByQuantizedMultiplier(value, factor.Multiplier, factor.Shift) + offset, minimum), maximum);
    }
}
