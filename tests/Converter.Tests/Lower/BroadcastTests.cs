using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>An operation on inputs that are broadcast gives what it gives on the inputs written out.</summary>
public sealed class BroadcastTests
{
    private static readonly Quantization s_left = Quantization.PerTensor(0.05f, 3);
    private static readonly Quantization s_right = Quantization.PerTensor(0.03f, -20);
    private static readonly Quantization s_output = Quantization.PerTensor(0.09f, 11);

    /// <summary>Left shape, right shape.</summary>
    public static TheoryData<int[], int[]> Shapes => new()
    {
        { [2, 3, 4], [2, 3, 4] },
        { [2, 3, 4], [4] },
        { [4], [2, 3, 4] },
        { [2, 3, 4], [] },
        { [], [2, 3, 4] },
        { [], [] },
        { [1, 1, 1], [] },
        { [2, 3, 4], [3, 1] },
        { [2, 1, 4], [1, 3, 1] },
        { [5, 1, 1, 7], [1, 2, 3, 1] },
        { [1, 2, 1, 3, 1, 2], [2, 1, 3, 1, 2, 1] },
        { [2, 2, 2, 2, 2, 2], [2, 1, 2, 1, 2, 1] },
        { [3, 1, 300], [1, 2, 300] },
        { [3, 300, 1], [3, 1, 2] },
        { [1, 1, 6, 5], [5] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Quantized_functions_of_8_bits(int[] left, int[] right)
    {
        int[] output = Output(left, right);
        sbyte[] a = Values(left, 1, i => (sbyte)i);
        sbyte[] b = Values(right, 2, i => (sbyte)i);
        foreach (ArithmeticFunction function in Enum.GetValues<ArithmeticFunction>())
        {
            Arithmetic operation = new(function, Activation.None);
            Tensor Result() => SingleNode.Input(DataType.Int8, output, s_output);
            Tensor Of(int[] shape, Quantization quantization) => SingleNode.Input(DataType.Int8, shape, quantization);

            sbyte[] broadcast = SingleNode.Run<sbyte>(operation, [Of(left, s_left), Of(right, s_right)], Result(), a, b);
            sbyte[] written = SingleNode.Run<sbyte>(
                operation, [Of(output, s_left), Of(output, s_right)], Result(), Expand(a, left, output), Expand(b, right, output));

            Assert.Equal(written, broadcast);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Plain_functions_of_32_bits(int[] left, int[] right)
    {
        int[] output = Output(left, right);
        int[] a = Values(left, 3, i => i);
        int[] b = Values(right, 4, i => i);
        foreach (ArithmeticFunction function in Enum.GetValues<ArithmeticFunction>())
        {
            Arithmetic operation = new(function, Activation.None);
            Tensor Of(int[] shape) => SingleNode.Input(DataType.Int32, shape);

            int[] broadcast = SingleNode.Run<int>(operation, [Of(left), Of(right)], Of(output), a, b);
            int[] written = SingleNode.Run<int>(operation, [Of(output), Of(output)], Of(output), Expand(a, left, output), Expand(b, right, output));

            Assert.Equal(written, broadcast);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Comparisons_with_a_constant(int[] left, int[] right)
    {
        int[] output = Output(left, right);
        short[] a = Values(left, 5, i => (short)(i % 8));
        short[] b = Values(right, 6, i => (short)(i % 8));
        short[] allA = Expand(a, left, output);
        short[] allB = Expand(b, right, output);
        Quantization quantization = Quantization.PerTensor(0.5f, 0);

        byte[] found = SingleNode.Run<byte>(
            new Comparison(ComparisonFunction.LessOrEqual),
            [SingleNode.Input(DataType.Int16, left, quantization), SingleNode.Constant(DataType.Int16, right, b, quantization)],
            SingleNode.Input(DataType.Bool, output),
            a);

        Assert.Equal(allA.Select((x, i) => (byte)(x <= allB[i] ? 1 : 0)), found);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Selections_by_a_condition_of_either_shape(int[] left, int[] right)
    {
        int[] output = Output(left, right);
        byte[] condition = Values(left, 7, i => (byte)(i & 1));
        int[] holds = Values(right, 8, i => i);
        int[] fails = Values(output, 9, i => i);
        byte[] allCondition = Expand(condition, left, output);
        int[] allHolds = Expand(holds, right, output);

        int[] found = SingleNode.Run<int>(
            new Select(AlongFirstAxis: false),
            [SingleNode.Input(DataType.Bool, left), SingleNode.Input(DataType.Int32, right), SingleNode.Input(DataType.Int32, output)],
            SingleNode.Input(DataType.Int32, output),
            condition,
            holds,
            fails);

        Assert.Equal(fails.Select((y, i) => allCondition[i] != 0 ? allHolds[i] : y), found);
    }

    private static int[] Output(int[] left, int[] right)
    {
        int rank = Math.Max(left.Length, right.Length);
        return [.. Enumerable.Range(0, rank).Select(axis => Math.Max(Size(left, rank, axis), Size(right, rank, axis)))];
    }

    private static int Size(int[] shape, int rank, int axis)
    {
        int own = axis - (rank - shape.Length);
        return own < 0 ? 1 : shape[own];
    }

    private static T[] Values<T>(int[] shape, int seed, Func<int, T> convert)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => convert(random.Next(int.MinValue, int.MaxValue)))];
    }

    private static T[] Expand<T>(T[] elements, int[] shape, int[] output)
    {
        T[] expanded = new T[output.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < expanded.Length; i++)
        {
            int index = 0;
            int stride = 1;
            int rest = i;
            for (int axis = output.Length - 1; axis >= 0; axis--)
            {
                int size = Size(shape, output.Length, axis);
                index += size == 1 ? 0 : rest % output[axis] * stride;
                stride *= size;
                rest /= output[axis];
            }

            expanded[i] = elements[index];
        }

        return expanded;
    }
}
