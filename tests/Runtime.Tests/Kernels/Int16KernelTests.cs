using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Kernels of 16-bit elements against their definition, on every kernel set.</summary>
public sealed class Int16KernelTests
{
    private const int Cases = 500;
    private const int Margin = 3;

    private static readonly short[] s_all = [.. Enumerable.Range(short.MinValue, 65536).Select(value => (short)value)];

    /// <summary>Multipliers and shifts of <see cref="Logistic16"/>; of the last the product overflows.</summary>
    public static TheoryData<int, int> Scales => new() { { 3, 0 }, { 6, 0 }, { 24576, 14 }, { 20133, 14 }, { 32767, 31 }, { 0, 0 }, { 1 << 16, 0 }, { int.MaxValue, 17 } };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Functions_of_every_number_are_what_they_are_defined_to_be(int multiplier, int shift)
    {
        foreach (KernelSet kernels in KernelSets.All)
        {
            short[] logistic = new short[s_all.Length];
            short[] tanh = new short[s_all.Length];

            kernels.Logistic(s_all, multiplier, shift, logistic);
            kernels.Tanh(s_all, multiplier, shift, tanh);

            Assert.True(logistic.AsSpan().SequenceEqual(Array.ConvertAll(s_all, x => Logistic16.Logistic(x, multiplier, shift))), kernels.Name);
            Assert.True(tanh.AsSpan().SequenceEqual(Array.ConvertAll(s_all, x => Logistic16.Tanh(x, multiplier, shift))), kernels.Name);
        }
    }

    [Fact]
    public void Functions_are_computed_where_their_arguments_are()
    {
        ForEach((kernels, random) =>
        {
            int count = random.Next(40);
            short[] values = Elements(random, count + Margin);
            short[] expected = [.. values[..count].Select(x => Logistic16.Tanh(Logistic16.Logistic(x, 3, 0), 3, 0)), .. values[count..]];

            kernels.Logistic(values.AsSpan(0, count), 3, 0, values.AsSpan(0, count));
            kernels.Tanh(values.AsSpan(0, count), 3, 0, values.AsSpan(0, count));

            Assert.Equal(expected, values);
        });
    }

    [Fact]
    public void Elements_are_multiplied()
    {
        ForEach((kernels, random) =>
        {
            int count = random.Next(40);
            int start = random.Next(Margin);
            short[] left = Elements(random, count);
            short[] right = Elements(random, count);
            int[] products = [.. Enumerable.Range(0, start + count + Margin)];
            int[] expected = [.. products[..start], .. left.Zip(right, (a, b) => a * b), .. products[(start + count)..]];

            kernels.MultiplyElementsInt16(left, right, products, start);

            Assert.Equal(expected, products);
        });
    }

    [Fact]
    public void Sums_are_held_within_their_limits()
    {
        ForEach((kernels, random) =>
        {
            int count = random.Next(40);
            int distance = count + random.Next(Margin);
            int[] values = [.. Enumerable.Range(0, distance + count).Select(_ => random.Next(-100_000, 100_000))];
            int maximum = random.Next(4) == 0 ? short.MaxValue : random.Next(short.MaxValue);
            int minimum = random.Next(4) == 0 ? short.MinValue : -maximum;
            short[] output = Elements(random, count + Margin);
            short[] expected = [.. Enumerable.Range(0, count).Select(i => (short)Math.Clamp(values[i] + values[distance + i], minimum, maximum)), .. output[count..]];

            kernels.AddToInt16(values, distance, minimum, maximum, output.AsSpan(0, count));

            Assert.Equal(expected, output);
        });
    }

    private static void ForEach(Action<KernelSet, Random> check)
    {
        foreach (KernelSet kernels in KernelSets.All)
        {
            for (int seed = 0; seed < Cases; seed++)
            {
                check(kernels, new Random(seed));
            }
        }
    }

    private static short[] Elements(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => (short)(random.Next(8) == 0 ? short.MinValue : random.Next(short.MinValue, 32768)))];
    }
}
