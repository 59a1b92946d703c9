using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Plan;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Functions of two tensors, where the reference models leave a case out.</summary>
public sealed class ArithmeticTests
{
    private static readonly int[] s_edges = [int.MinValue, int.MinValue + 1, -7, -1, 0, 1, 6, 7, int.MaxValue];

    [Fact]
    public void Plain_integers_wrap_around()
    {
        (int[] a, int[] b) = Pairs(s_edges);

        Assert.Equal(a.Zip(b, (x, y) => unchecked(x + y)), Plain(ArithmeticFunction.Add, Activation.None, a, b));
        Assert.Equal(a.Zip(b, (x, y) => unchecked(x - y)), Plain(ArithmeticFunction.Subtract, Activation.None, a, b));
        Assert.Equal(a.Zip(b, (x, y) => unchecked(x * y)), Plain(ArithmeticFunction.Multiply, Activation.None, a, b));
        Assert.Equal(a.Zip(b, (x, y) => unchecked((x - y) * (x - y))), Plain(ArithmeticFunction.SquaredDifference, Activation.None, a, b));
        Assert.Equal(a.Zip(b, Math.Max), Plain(ArithmeticFunction.Maximum, Activation.None, a, b));
        Assert.Equal(a.Zip(b, Math.Min), Plain(ArithmeticFunction.Minimum, Activation.None, a, b));
    }

    [Fact]
    public void A_quotient_of_plain_integers_always_has_a_value()
    {
        (int[] a, int[] b) = Pairs(s_edges);

        Assert.Equal(a.Zip(b, (x, y) => y == 0 ? 0 : (int)((long)x / y)), Plain(ArithmeticFunction.Divide, Activation.None, a, b));
    }

    [Fact]
    public void An_activation_clamps_plain_integers_but_not_their_sum()
    {
        (int[] a, int[] b) = Pairs([-9, -1, 0, 1, 3, 9]);

        Assert.Equal(a.Zip(b, (x, y) => x + y), Plain(ArithmeticFunction.Add, Activation.Relu6, a, b));
        Assert.Equal(a.Zip(b, (x, y) => Math.Clamp(x - y, 0, 6)), Plain(ArithmeticFunction.Subtract, Activation.Relu6, a, b));
        Assert.Equal(a.Zip(b, (x, y) => Math.Clamp(x * y, -1, 1)), Plain(ArithmeticFunction.Multiply, Activation.ReluN1To1, a, b));
        Assert.Equal(a.Zip(b, (x, y) => Math.Max(x * y, 0)), Plain(ArithmeticFunction.Multiply, Activation.Relu, a, b));
    }

    [Theory]
    [InlineData(nameof(ArithmeticFunction.Add), 1.01)]
    [InlineData(nameof(ArithmeticFunction.Subtract), 1.01)]
    [InlineData(nameof(ArithmeticFunction.Multiply), 0.51)]
    [InlineData(nameof(ArithmeticFunction.SquaredDifference), 8)] // The reference rounds the difference to two steps before it squares it.
    public void Results_of_16_bits_are_near_the_real_ones(string name, double tolerance)
    {
        ArithmeticFunction function = Enum.Parse<ArithmeticFunction>(name);
        Quantization left = Quantization.PerTensor(0.0011f, 0);
        Quantization right = Quantization.PerTensor(0.0007f, 0);
        Quantization output = Quantization.PerTensor(function is ArithmeticFunction.Multiply or ArithmeticFunction.SquaredDifference ? 0.06f : 0.0017f, 0);
        Random random = new(1);
        short[] a = [short.MinValue, short.MaxValue, 0, .. Enumerable.Range(0, 500).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
        short[] b = [short.MaxValue, short.MinValue, 0, .. Enumerable.Range(0, 500).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];

        short[] found = Run<short>(DataType.Int16, new Arithmetic(function, Activation.None), left, right, output, a, b);

        Assert.All(found, (element, i) => Assert.InRange(element - Real(function, a[i] * left.Scale, b[i] * right.Scale, output.Scale, short.MaxValue), -tolerance, tolerance));
    }

    [Theory]
    [InlineData(nameof(ArithmeticFunction.Add))]
    [InlineData(nameof(ArithmeticFunction.Subtract))]
    [InlineData(nameof(ArithmeticFunction.Multiply))]
    [InlineData(nameof(ArithmeticFunction.SquaredDifference))]
    public void Results_of_all_pairs_of_8_bits_are_near_the_real_ones(string name)
    {
        ArithmeticFunction function = Enum.Parse<ArithmeticFunction>(name);
        Quantization left = Quantization.PerTensor(0.05f, 0);
        Quantization right = Quantization.PerTensor(0.11f, 0);
        Quantization output = Quantization.PerTensor(function is ArithmeticFunction.Multiply or ArithmeticFunction.SquaredDifference ? 1.7f : 0.16f, 0);
        (sbyte[] a, sbyte[] b) = Pairs([.. Enumerable.Range(-128, 256).Select(i => (sbyte)i)]);

        sbyte[] found = Run<sbyte>(DataType.Int8, new Arithmetic(function, Activation.None), left, right, output, a, b);

        Assert.All(found, (element, i) => Assert.InRange(element - Real(function, a[i] * left.Scale, b[i] * right.Scale, output.Scale, sbyte.MaxValue), -0.52, 0.52));
    }

    [Theory]
    [InlineData(nameof(ArithmeticFunction.Add), 0.51)]
    [InlineData(nameof(ArithmeticFunction.Subtract), 0.51)]
    [InlineData(nameof(ArithmeticFunction.Multiply), 0.76)] // The reference rounds twice.
    public void Results_of_8_bits_are_near_the_real_ones_for_any_scales_and_lengths(string name, double tolerance)
    {
        ArithmeticFunction function = Enum.Parse<ArithmeticFunction>(name);
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            Quantization Of() => Quantization.PerTensor(MathF.Pow(2, (6 * random.NextSingle()) - 5), random.Next(-128, 128));
            Quantization left = Of();
            Quantization right = Of();
            Quantization output = Of();
            int count = random.Next(1, 150);
            sbyte[] Elements() => [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-128, 128))];
            sbyte[] a = Elements();
            sbyte[] b = Elements();

            sbyte[] found = Run<sbyte>(DataType.Int8, new Arithmetic(function, Activation.None), left, right, output, a, b);

            for (int i = 0; i < count; i++)
            {
                double x = (a[i] - left.ZeroPoint) * (double)left.Scale;
                double y = (b[i] - right.ZeroPoint) * (double)right.Scale;
                double real = function == ArithmeticFunction.Multiply ? x * y : function == ArithmeticFunction.Add ? x + y : x - y;
                Assert.InRange(found[i] - Math.Clamp((real / output.Scale) + output.ZeroPoint, -128, 127), -tolerance, tolerance);
            }
        }
    }

    [Fact]
    public void Quotients_are_near_the_real_ones_while_the_shift_is_below_32_bits()
    {
        Quantization left = Quantization.PerTensor(0.05f, 0);
        Quantization right = Quantization.PerTensor(0.01f, 0);
        Quantization output = Quantization.PerTensor(0.2f, 0);
        (sbyte[] a, sbyte[] b) = Pairs([.. Enumerable.Range(-128, 256).Select(i => (sbyte)i).Where(i => i != 0)]);

        sbyte[] found = Run<sbyte>(DataType.Int8, new Arithmetic(ArithmeticFunction.Divide, Activation.None), left, right, output, a, b);

        for (int i = 0; i < found.Length; i++)
        {
            double real = Math.Clamp((double)a[i] / b[i] * 25, -128, 127);
            if (Math.Abs(real) > 1)
            {
                Assert.InRange(found[i] - real, -0.51, 0.51);
            }
        }
    }

    [Fact]
    public void A_small_quotient_is_what_the_references_machine_code_makes_of_it()
    {
        // Multiplier 20: -1 / 75 shifts by 32 bits, which an x86 shift instruction takes as 0.
        Quantization left = Quantization.PerTensor(0.0327642299f, 50);
        Quantization right = Quantization.PerTensor(0.0179855675f, 13);
        Quantization output = Quantization.PerTensor(0.0910847858f, 21);

        sbyte[] found = Run<sbyte>(DataType.Int8, new Arithmetic(ArithmeticFunction.Divide, Activation.None), left, right, output, new sbyte[] { 49 }, new sbyte[] { 88 });

        Assert.Equal([-128], found);
    }

    [Fact]
    public void One_tensor_may_be_both_inputs()
    {
        Quantization quantization = Quantization.PerTensor(0.5f, 1);
        Tensor input = SingleNode.Input(DataType.Int8, [5], quantization);
        Tensor output = SingleNode.Input(DataType.Int8, [5], Quantization.PerTensor(1, 1));

        sbyte[] found = SingleNode.Run<sbyte>(new Arithmetic(ArithmeticFunction.Add, Activation.None), [input, input], output, new sbyte[] { -128, -1, 0, 1, 127 });

        Assert.Equal([-128, -1, 0, 1, 127], found);
    }

    [Fact]
    public void An_activation_clamps_quantized_results()
    {
        Quantization quantization = Quantization.PerTensor(0.1f, -10);
        sbyte[] a = [.. Enumerable.Range(-128, 256).Select(i => (sbyte)i)];
        sbyte[] zero = [.. a.Select(_ => (sbyte)-10)];

        sbyte[] found = Run<sbyte>(DataType.Int8, new Arithmetic(ArithmeticFunction.Add, Activation.Relu6), quantization, quantization, quantization, a, zero);

        Assert.Equal(a.Select(x => Math.Clamp(x, (sbyte)-10, (sbyte)50)), found);
    }

    [Fact]
    public void Chains_compute_in_place()
    {
        Quantization quantization = Quantization.PerTensor(0.1f, 0);
        NetworkGraph graph = new("chain");
        Tensor at = SingleNode.Input(DataType.Int8, [64], quantization);
        graph.Inputs.Add(at);
        for (int i = 0; i < 4; i++)
        {
            Tensor next = SingleNode.Input(DataType.Int8, [64], quantization);
            Tensor constant = SingleNode.Constant(DataType.Int8, [64], new sbyte[64], quantization);
            graph.Nodes.Add(new Node(new Arithmetic((ArithmeticFunction)i, Activation.None), i % 2 == 0 ? [at, constant] : [constant, at], [next]));
            at = next;
        }

        graph.Outputs.Add(at);
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlanner.Run(network);

        Assert.Equal(64, network.ArenaBytes);
    }

    [Theory]
    [InlineData(nameof(DataType.Int8), nameof(DataType.Int16), nameof(DataType.Int8))]
    [InlineData(nameof(DataType.Float32), nameof(DataType.Float32), nameof(DataType.Float32))]
    [InlineData(nameof(DataType.UInt8), nameof(DataType.UInt8), nameof(DataType.UInt8))]
    [InlineData(nameof(DataType.Int64), nameof(DataType.Int64), nameof(DataType.Int64))]
    [InlineData(nameof(DataType.Bool), nameof(DataType.Bool), nameof(DataType.Bool))]
    public void Other_types_are_refused(string left, string right, string output)
    {
        static Tensor Of(string type) => SingleNode.Input(Enum.Parse<DataType>(type), [2]);

        Refused(new Arithmetic(ArithmeticFunction.Add, Activation.None), Of(left), Of(right), Of(output));
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_refused()
    {
        Arithmetic operation = new(ArithmeticFunction.Maximum, Activation.None);

        Refused(operation, SingleNode.Input(DataType.Int8, [3]), SingleNode.Input(DataType.Int8, [2]), SingleNode.Input(DataType.Int8, [3]));
        Refused(operation, SingleNode.Input(DataType.Int8, [1]), SingleNode.Input(DataType.Int8, [1]), SingleNode.Input(DataType.Int8, [3]));
        Refused(operation, SingleNode.Input(DataType.Int8, [2, 3]), SingleNode.Input(DataType.Int8, [3]), SingleNode.Input(DataType.Int8, [3]));
    }

    [Fact]
    public void Scales_that_are_missing_per_channel_or_too_far_apart_are_refused()
    {
        Arithmetic operation = new(ArithmeticFunction.Add, Activation.None);
        Quantization one = Quantization.PerTensor(1, 0);
        Tensor Of(Quantization? quantization) => SingleNode.Input(DataType.Int8, [2], quantization);

        Refused(operation, Of(one), Of(null), Of(one));
        Refused(operation, Of(one), Of(new Quantization([1, 2], [0, 0], 0)), Of(one));
        Refused(operation, Of(one), Of(one), Of(Quantization.PerTensor(1e-7f, 0)));
        Refused(operation, Of(one), Of(Quantization.PerTensor(1, 128)), Of(one));
    }

    private static void Refused(Operation operation, Tensor left, Tensor right, Tensor output)
    {
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(operation, [left, right], output));
        Assert.All(exception.Refusals, refusal => Assert.NotEmpty(refusal.Help));
    }

    private static double Real(ArithmeticFunction function, double left, double right, double scale, int limit)
    {
        double result = function switch
        {
            ArithmeticFunction.Add => left + right,
            ArithmeticFunction.Subtract => left - right,
            ArithmeticFunction.Multiply => left * right,
            _ => (left - right) * (left - right),
        };
        return Math.Clamp(result / scale, -limit - 1, limit);
    }

    private static (T[] Left, T[] Right) Pairs<T>(T[] values)
    {
        return ([.. values.SelectMany(x => values.Select(_ => x))], [.. values.SelectMany(_ => values)]);
    }

    private static int[] Plain(ArithmeticFunction function, Activation activation, int[] a, int[] b)
    {
        Tensor Of() => SingleNode.Input(DataType.Int32, [a.Length]);
        return SingleNode.Run<int>(new Arithmetic(function, activation), [Of(), Of()], Of(), a, b);
    }

    private static T[] Run<T>(DataType type, Operation operation, Quantization left, Quantization right, Quantization output, T[] a, T[] b)
        where T : unmanaged
    {
        Tensor Of(Quantization quantization) => SingleNode.Input(type, [a.Length], quantization);
        return SingleNode.Run<T>(operation, [Of(left), Of(right)], Of(output), a, b);
    }
}
