using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data;

/// <summary>Makes the values of an input of the numbers of a file, and checks them.</summary>
/// <param name="input">The input.</param>
/// <param name="scale">What the numbers mean; null if they stand for themselves.</param>
internal sealed class ValueConversion(SampleInput input, ValueScale? scale)
{
    private readonly double _scale = scale?.Scale ?? 1;
    private readonly double _offset = scale?.Offset ?? 0;
    private readonly (double Lowest, double Highest)? _integers = input.Quantization is null ? IntegersOf(input.Type) : null;

    /// <summary>The conversion for numbers of a file.</summary>
    /// <param name="input">The input.</param>
    /// <param name="stored">
    /// How the file stores them; null for text. Where that is the type of a quantized input, they mean what the input's own integers mean.
    /// </param>
    /// <param name="said">What a person said that they mean; null if nothing was said.</param>
    public static ValueConversion Of(SampleInput input, DataType? stored, ValueScale? said)
    {
        return said is null && stored == input.Type && input.Quantization is { IsPerChannel: false } own
            ? new ValueConversion(input, new ValueScale(own.Scale, -(double)own.Scale * own.ZeroPoint))
            : new ValueConversion(input, said);
    }

    /// <summary>Converts the numbers of a record.</summary>
    /// <param name="numbers">The numbers, as many as the input has elements.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="place">Where in the file, for messages.</param>
    /// <exception cref="DataException">A value is not finite, or the input's type cannot hold it.</exception>
    public float[] Convert(ReadOnlySpan<double> numbers, string file, string place)
    {
        float[] values = new float[numbers.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((numbers[i] * _scale) + _offset);
            if (!float.IsFinite(values[i]))
            {
                throw new DataException(file, Element(place, i), NotFinite(numbers[i], values[i]), "finite numbers of 32 bits");
            }

            if (_integers is (double lowest, double highest) && (values[i] < lowest || values[i] > highest || values[i] != MathF.Truncate(values[i])))
            {
                throw new DataException(file, Element(place, i), $"{values[i]}", $"whole numbers from {lowest} to {highest} for {input}");
            }
        }

        return values;
    }

    private static (double Lowest, double Highest)? IntegersOf(DataType type)
    {
        return type switch
        {
            DataType.Bool => (0, 1),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (0, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.UInt16 => (0, ushort.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            DataType.UInt32 => (0, uint.MaxValue),
            DataType.Int64 => (long.MinValue, long.MaxValue),
            DataType.UInt64 => (0, ulong.MaxValue),
            _ => null,
        };
    }

    private static string NotFinite(double number, float value)
    {
        return double.IsFinite(number) ? $"{number}, which becomes {value}" : $"{number}";
    }

    /// <summary>The place of an element, by its indices in the record.</summary>
    private string Element(string place, int element)
    {
        int[] shape = input.RecordShape;
        int[] indices = new int[shape.Length];
        int rest = element;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            indices[axis] = rest % shape[axis];
            rest /= shape[axis];
        }

        return $"{place}, element [{string.Join(',', indices)}]";
    }
}
