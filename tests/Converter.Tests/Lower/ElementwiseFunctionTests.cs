using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Functions of one element against the same functions of real numbers, between random quantizations.</summary>
public sealed class ElementwiseFunctionTests
{
    private const int Cases = 60;

    public static TheoryData<string, int> Int8Functions => new()
    {
        { nameof(UnaryFunction.Relu), 1 },
        { nameof(UnaryFunction.Relu6), 1 },
        { nameof(UnaryFunction.ReluN1To1), 1 },
        { nameof(UnaryFunction.Relu0To1), 1 },
        { nameof(UnaryFunction.HardSwish), 2 },
        { nameof(UnaryFunction.Elu), 1 },
        { nameof(UnaryFunction.Logistic), 1 },
        { nameof(UnaryFunction.Tanh), 1 },
        { nameof(UnaryFunction.Absolute), 1 },
        { nameof(UnaryFunction.Negate), 1 },
        { nameof(UnaryFunction.Square), 1 },
        { nameof(UnaryFunction.SquareRoot), 1 },
        { nameof(UnaryFunction.ReciprocalSquareRoot), 1 },
        { nameof(UnaryFunction.Exponential), 1 },
        { nameof(UnaryFunction.Logarithm), 1 },
        { nameof(UnaryFunction.Sine), 1 },
        { nameof(UnaryFunction.Cosine), 1 },
    };

    public static TheoryData<string, int> Int16Functions => new()
    {
        { nameof(UnaryFunction.Relu), 1 },
        { nameof(UnaryFunction.Relu6), 1 },
        { nameof(UnaryFunction.Absolute), 1 },
        { nameof(UnaryFunction.Logistic), 12 },
        { nameof(UnaryFunction.Tanh), 12 },
        { nameof(UnaryFunction.HardSwish), 12 },
        { nameof(UnaryFunction.Sine), 12 },
    };

    [Theory]
    [MemberData(nameof(Int8Functions))]
    public void Every_8_bit_element_is_the_function_s_integer(string name, int tolerance)
    {
        UnaryFunction function = Enum.Parse<UnaryFunction>(name);
        Random random = new(1);
        sbyte[] elements = [.. Enumerable.Range(sbyte.MinValue, 256).Select(value => (sbyte)value)];
        for (int i = 0; i < Cases; i++)
        {
            (Quantization from, Quantization to) = Int8Quantizations(function, random);
            sbyte[] results = SingleNode.Run<sbyte>(
                new Unary(function), [SingleNode.Input(DataType.Int8, [256], from)], SingleNode.Input(DataType.Int8, [256], to), elements);
            for (int k = 0; k < elements.Length; k++)
            {
                AssertNear(Real(function, (elements[k] - from.ZeroPoint) * (double)from.Scale), to, results[k], tolerance, sbyte.MinValue, sbyte.MaxValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Int16Functions))]
    public void Every_16_bit_element_is_near_the_function_s_integer(string name, int tolerance)
    {
        UnaryFunction function = Enum.Parse<UnaryFunction>(name);
        Random random = new(2);
        short[] elements = [.. Enumerable.Range(0, 1024).Select(i => (short)((i * 64) - 32768 + (i % 64)))];
        for (int i = 0; i < Cases; i++)
        {
            Quantization from = Quantization.PerTensor((float)Math.Exp((random.NextDouble() * 4) - 11), 0);
            Quantization to = function is UnaryFunction.Logistic or UnaryFunction.Tanh
                ? Quantization.PerTensor(1f / 32768, 0)
                : Quantization.PerTensor(function == UnaryFunction.Relu6 ? from.Scale : MathF.Max(from.Scale, 1f / 32768), 0);
            short[] results = SingleNode.Run<short>(
                new Unary(function), [SingleNode.Input(DataType.Int16, [32, 32], from)], SingleNode.Input(DataType.Int16, [32, 32], to), elements);
            for (int k = 0; k < elements.Length; k++)
            {
                AssertNear(Real(function, elements[k] * (double)from.Scale), to, results[k], tolerance, short.MinValue, short.MaxValue);
            }
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(1.5f)]
    [InlineData(-0.3f)]
    public void A_leaky_rectifier_has_its_slope_below_zero(float alpha)
    {
        short[] elements = [short.MinValue, -5000, -100, -1, 0, 1, 100, 5000, short.MaxValue];
        Quantization from = Quantization.PerTensor(0.01f, 0);
        Quantization to = Quantization.PerTensor(0.013f, 0);
        short[] wide = SingleNode.Run<short>(
            new LeakyRelu(alpha), [SingleNode.Input(DataType.Int16, [9], from)], SingleNode.Input(DataType.Int16, [9], to), elements);
        sbyte[] narrow = SingleNode.Run<sbyte>(
            new LeakyRelu(alpha), [SingleNode.Input(DataType.Int8, [2], from)], SingleNode.Input(DataType.Int8, [2], to), new sbyte[] { -100, 100 });
        for (int i = 0; i < elements.Length; i++)
        {
            double real = elements[i] * (double)from.Scale;
            AssertNear(real < 0 ? real * alpha : real, to, wide[i], 1, short.MinValue, short.MaxValue);
        }

        AssertNear(-1.0 * alpha, to, narrow[0], 1, sbyte.MinValue, sbyte.MaxValue);
        AssertNear(1.0, to, narrow[1], 1, sbyte.MinValue, sbyte.MaxValue);
    }

    [Fact]
    public void The_absolute_value_of_plain_16_bit_integers_wraps_around()
    {
        short[] results = SingleNode.Run<short>(
            new Unary(UnaryFunction.Absolute),
            [SingleNode.Input(DataType.Int16, [5])],
            SingleNode.Input(DataType.Int16, [5]),
            new short[] { short.MinValue, -32767, -1, 0, 32767 });
        Assert.Equal([short.MinValue, 32767, 1, 0, 32767], results);
    }

    [Fact]
    public void What_the_device_cannot_compute_is_refused_with_a_reason()
    {
        Quantization any = Quantization.PerTensor(0.1f, 0);
        Assert.Contains("real numbers", Refused(new Unary(UnaryFunction.Exponential), DataType.Float32, any, DataType.Float32, any), StringComparison.Ordinal);
        Assert.Contains("int16 to int16", Refused(new Unary(UnaryFunction.Relu), DataType.Int32, any, DataType.Int32, any), StringComparison.Ordinal);
        Assert.Contains("no quantization", Refused(new Unary(UnaryFunction.Relu), DataType.Int8, null, DataType.Int8, any), StringComparison.Ordinal);
        Assert.Contains("-128", Refused(new Unary(UnaryFunction.Logistic), DataType.Int8, any, DataType.Int8, any), StringComparison.Ordinal);
        Assert.Contains("1/32768", Refused(new Unary(UnaryFunction.Tanh), DataType.Int16, any, DataType.Int16, any), StringComparison.Ordinal);
        Assert.Contains("above 0", Refused(new Quantize(), DataType.Int16, any, DataType.Int8, Quantization.PerTensor(0, 0)), StringComparison.Ordinal);
        Assert.Contains("per channel", Refused(new Quantize(), DataType.Int8, new Quantization([1, 2], [0, 0], 0), DataType.Int8, any), StringComparison.Ordinal);
    }

    private static string Refused(Operation operation, DataType from, Quantization? input, DataType to, Quantization? output)
    {
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(
            () => SingleNode.Lower(operation, [SingleNode.Input(from, [2], input)], SingleNode.Input(to, [2], output)));
        return string.Join(' ', exception.Refusals.Select(refusal => refusal.Reason));
    }

    private static (Quantization From, Quantization To) Int8Quantizations(UnaryFunction function, Random random)
    {
        float scale = (float)Math.Exp((random.NextDouble() * 4) - 5);
        Quantization from = Quantization.PerTensor(scale, function == UnaryFunction.ReciprocalSquareRoot ? -128 : random.Next(-128, 128));
        Quantization to = function switch
        {
            UnaryFunction.Logistic => Quantization.PerTensor(1f / 256, -128),
            UnaryFunction.Tanh => Quantization.PerTensor(1f / 128, 0),
            UnaryFunction.Relu6 => from,
            _ => Quantization.PerTensor(MathF.Max(scale, 0.02f) * (1 + random.NextSingle()), random.Next(-128, 128)),
        };
        return (from, to);
    }

    private static double Real(UnaryFunction function, double x)
    {
        return function switch
        {
            UnaryFunction.Relu => Math.Max(x, 0),
            UnaryFunction.Relu6 => Math.Clamp(x, 0, 6),
            UnaryFunction.ReluN1To1 => Math.Clamp(x, -1, 1),
            UnaryFunction.Relu0To1 => Math.Clamp(x, 0, 1),
            UnaryFunction.HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
            UnaryFunction.Elu => x < 0 ? Math.Exp(x) - 1 : x,
            UnaryFunction.Logistic => 1 / (1 + Math.Exp(-x)),
            UnaryFunction.Tanh => Math.Tanh(x),
            UnaryFunction.Absolute => Math.Abs(x),
            UnaryFunction.Negate => -x,
            UnaryFunction.Square => x * x,
            UnaryFunction.SquareRoot => x < 0 ? double.NegativeInfinity : Math.Sqrt(x),
            UnaryFunction.ReciprocalSquareRoot => x <= 0 ? double.PositiveInfinity : 1 / Math.Sqrt(x),
            UnaryFunction.Exponential => Math.Exp(x),
            UnaryFunction.Logarithm => x <= 0 ? double.NegativeInfinity : Math.Log(x),
            UnaryFunction.Sine => Math.Sin(x),
            UnaryFunction.Cosine => Math.Cos(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    private static void AssertNear(double real, Quantization to, int result, int tolerance, int lowest, int highest)
    {
        double ideal = Math.Clamp(Math.Round(real / to.Scale) + to.ZeroPoint, lowest, highest);
        Assert.InRange(result, ideal - tolerance, ideal + tolerance);
    }
}
