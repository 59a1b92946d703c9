using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>
/// Operators on 16-bit elements that the reference has for 8 bits only, against real numbers. Half a step of the output is lost by rounding; what
/// the arithmetic before it loses is said at each.
/// </summary>
public sealed class WideOperatorTests
{
    private const int Runs = 30;

    [Fact]
    public void Log_softmax_is_within_a_step_of_its_definition()
    {
        // Exponentials are rounded to 2^-19 each, of a sum of 1 at least: for 64 columns 2^-14 of the logarithm, an eighth of a step of 2^-11.
        Random random = new(1);
        for (int run = 0; run < Runs; run++)
        {
            int columns = random.Next(1, 65);
            float scale = MathF.Pow(2, random.Next(-13, -4));
            Tensor data = SmallNetwork.Tensor("data", DataType.Int16, [3, columns], scale);
            Tensor output = SmallNetwork.Tensor("output", DataType.Int16, [3, columns], 1f / 2048);
            short[] input = Row(random, 3 * columns, run);

            short[] found = Load(new LogSoftmax(), data, output).Run<short>(input);

            for (int row = 0; row < 3; row++)
            {
                double[] values = [.. input.Skip(row * columns).Take(columns).Select(value => value * (double)scale)];
                double logarithm = Math.Log(values.Sum(value => Math.Exp(value - values.Max()))) + values.Max();
                Close([.. values.Select(value => Math.Max(-16, value - logarithm) * 2048)], found.Skip(row * columns).Take(columns), 1);
            }
        }
    }

    [Fact]
    public void L2_normalization_is_within_a_step_of_its_definition()
    {
        // The root's relative error is 1.3e-6, of 32768 steps at most a twentieth of one.
        Random random = new(2);
        for (int run = 0; run < Runs; run++)
        {
            int columns = random.Next(1, 200);
            Tensor data = SmallNetwork.Tensor("data", DataType.Int16, [2, columns], 0.01f);
            Tensor output = SmallNetwork.Tensor("output", DataType.Int16, [2, columns], 1f / 32768);
            short[] input = Row(random, 2 * columns, run);

            short[] found = Load(new L2Normalization(), data, output).Run<short>(input);

            for (int row = 0; row < 2; row++)
            {
                double[] values = [.. input.Skip(row * columns).Take(columns).Select(value => (double)value)];
                double root = Math.Max(1, Math.Sqrt(values.Sum(value => value * value)));
                Close([.. values.Select(value => Math.Min(32767, value / root * 32768))], found.Skip(row * columns).Take(columns), 1);
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Running_sums_are_within_a_step_of_their_definition(bool exclusive, bool reverse)
    {
        // The multiplier has 15 bits: of 32768 steps half of one is lost at most.
        Random random = new(3);
        for (int run = 0; run < Runs; run++)
        {
            int size = random.Next(1, 50);
            int inner = random.Next(1, 4);
            double factor = 1 / (1 + (size * random.NextDouble()));
            Tensor data = SmallNetwork.Tensor("data", DataType.Int16, [2, size, inner], 0.01f);
            Tensor output = SmallNetwork.Tensor("output", DataType.Int16, [2, size, inner], (float)(0.01 / factor));
            short[] input = Row(random, 2 * size * inner, run);

            short[] found = Load(new CumulativeSum(exclusive, reverse), data, output, SmallNetwork.Constant("axis", DataType.Int32, [1], [1])).Run<short>(input);

            for (int line = 0; line < 2 * inner; line++)
            {
                int first = (line / inner * size * inner) + (line % inner);
                double[] values = [.. Enumerable.Range(0, size).Select(i => (double)input[first + (i * inner)])];
                double[] sums = [.. Enumerable.Range(0, size).Select(i => values.Where((_, k) => k == i ? !exclusive : (k < i) ^ reverse).Sum() * factor)];
                Close([.. sums.Select(sum => Math.Clamp(sum, -32768, 32767))], Enumerable.Range(0, size).Select(i => found[first + (i * inner)]), 1.01);
            }
        }
    }

    [Fact]
    public void Quotients_are_rounded_to_the_nearest_step()
    {
        Random random = new(4);
        for (int run = 0; run < Runs; run++)
        {
            float scale = MathF.Pow(10, (random.NextSingle() * 8) - 4);
            Tensor left = SmallNetwork.Tensor("left", DataType.Int16, [100], 0.01f);
            Tensor right = SmallNetwork.Tensor("right", DataType.Int16, [100], 0.02f);
            Tensor output = SmallNetwork.Tensor("output", DataType.Int16, [100], scale);
            short[] dividends = Row(random, 100, run);
            short[] divisors = Row(random, 100, run + 1);
            NetworkGraph graph = SmallNetwork.Graph([left, right], [output], new Node(new Arithmetic(ArithmeticFunction.Divide, Activation.None), [left, right], [output]));

            short[] found = SmallNetwork.Load(graph).Run<short>(dividends, divisors);

            double[] expected = [.. dividends.Zip(divisors, (a, b) => a == 0 ? 0 : Math.Clamp(a * 0.01 / (b * 0.02) / scale, -32768, 32767))];
            Close(expected, found, 0.51);
        }
    }

    private static SmallNetwork Load(Operation operation, Tensor data, Tensor output, params Tensor[] constants)
    {
        return SmallNetwork.Load(SmallNetwork.Graph([data], [output], new Node(operation, [data, .. constants], [output])));
    }

    /// <summary>Numbers of the whole range, of a small one, all the same, or all 0.</summary>
    private static short[] Row(Random random, int count, int run)
    {
        short[] one = SmallNetwork.Numbers<short>(random, 1, -32768, 32767);
        return (run % 4) switch
        {
            0 => SmallNetwork.Numbers<short>(random, count, -40, 40),
            1 => [.. Enumerable.Repeat(one[0], count)],
            2 when run % 8 == 2 => new short[count],
            _ => SmallNetwork.Numbers<short>(random, count, -32768, 32767),
        };
    }

    private static void Close(double[] expected, IEnumerable<short> found, double tolerance)
    {
        Assert.All(expected.Zip(found), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance, $"{pair.First} expected, {pair.Second} found"));
    }
}
