using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Casts and requantization between all integer types of the device.</summary>
public sealed class CastTests
{
    private static readonly DataType[] s_types = [DataType.Int8, DataType.UInt8, DataType.Int16, DataType.Int32, DataType.Bool];

    public static TheoryData<int, int> Pairs()
    {
        TheoryData<int, int> pairs = [];
        foreach (DataType from in s_types)
        {
            foreach (DataType to in s_types)
            {
                pairs.Add((int)from, (int)to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_cast_keeps_the_number_as_far_as_the_type_holds_it(int from, int to)
    {
        int[] numbers = [.. Numbers((DataType)from)];
        int[] results = Run(new Cast(), (DataType)from, null, (DataType)to, null, numbers);
        Assert.Equal(numbers.Select(number => Cut(number, (DataType)to)), results);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Requantization_keeps_the_real_number_to_less_than_a_step(int from, int to)
    {
        if ((DataType)from == DataType.Bool || (DataType)to == DataType.Bool)
        {
            return;
        }

        int[] numbers = [.. Numbers((DataType)from).Select(number => number / 4)];
        (int lowest, int highest) = Range((DataType)to);
        foreach (float ratio in new[] { 1f, 0.37f, 0.004f, 2.9f })
        {
            Quantization input = Quantization.PerTensor(0.5f, (DataType)from is DataType.Int8 ? -7 : (DataType)from is DataType.UInt8 ? 130 : 0);
            Quantization output = Quantization.PerTensor(0.5f / ratio, (DataType)to is DataType.Int8 ? 5 : (DataType)to is DataType.UInt8 ? 100 : 0);
            int[] results = Run(new Quantize(), (DataType)from, input, (DataType)to, output, numbers);
            for (int i = 0; i < numbers.Length; i++)
            {
                double ideal = Math.Clamp(((numbers[i] - input.ZeroPoint) * (double)ratio) + output.ZeroPoint, lowest, highest);

                // The reference rounds twice; the first time, at worst, to half steps.
                double tolerance = 0.76 + (Math.Abs(ideal) * 1e-6);
                if (ratio <= 1 || Math.Abs(numbers[i]) < 1 << 28)
                {
                    Assert.InRange(results[i], ideal - tolerance, ideal + tolerance);
                }
            }
        }
    }

    [Fact]
    public void Casts_of_64_bit_inputs_are_refused()
    {
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(
            () => SingleNode.Lower(new Cast(), [SingleNode.Input(DataType.Int64, [2])], SingleNode.Input(DataType.Int32, [2])));
        Assert.Contains(exception.Refusals, refusal => refusal.Reason.Contains("casts", StringComparison.Ordinal));
    }

    private static IEnumerable<int> Numbers(DataType type)
    {
        (int lowest, int highest) = Range(type);
        Random random = new(3);
        return new[] { lowest, highest, 0, Math.Min(1, highest), Math.Max(-1, lowest) }.Concat(
            Enumerable.Range(0, 300).Select(_ => (int)random.NextInt64(lowest, (long)highest + 1)));
    }

    private static (int Lowest, int Highest) Range(DataType type)
    {
        return type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Bool => (0, 1),
            _ => (int.MinValue, int.MaxValue),
        };
    }

    private static int Cut(int number, DataType type)
    {
        return type switch
        {
            DataType.Int8 => (sbyte)number,
            DataType.UInt8 => (byte)number,
            DataType.Int16 => (short)number,
            DataType.Bool => number == 0 ? 0 : 1,
            _ => number,
        };
    }

    private static int[] Run(Operation operation, DataType from, Quantization? input, DataType to, Quantization? output, int[] numbers)
    {
        Array elements = from switch
        {
            DataType.Int16 => Array.ConvertAll(numbers, number => (short)number),
            DataType.Int32 => numbers,
            _ => Array.ConvertAll(numbers, number => (sbyte)number),
        };
        Tensor[] inputs = [SingleNode.Input(from, [numbers.Length], input)];
        Tensor result = SingleNode.Input(to, [numbers.Length], output);
        return to switch
        {
            DataType.Int16 => Array.ConvertAll(SingleNode.Run<short>(operation, inputs, result, elements), number => (int)number),
            DataType.Int32 => SingleNode.Run<int>(operation, inputs, result, elements),
            DataType.Int8 => Array.ConvertAll(SingleNode.Run<sbyte>(operation, inputs, result, elements), number => (int)number),
            _ => Array.ConvertAll(SingleNode.Run<byte>(operation, inputs, result, elements), number => (int)number),
        };
    }
}
