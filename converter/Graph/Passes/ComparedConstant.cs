using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Real constants that quantized tensors are compared with.</summary>
internal static class ComparedConstant
{
    /// <summary>
    /// The constant as integers of the tensor's own scale: "c &lt; x" holds for an integer's real number if and only if "c &lt; x" holds for the
    /// integers.
    /// </summary>
    /// <param name="constant">The real numbers.</param>
    /// <param name="function">The comparison, with the constant on its left.</param>
    /// <param name="type">The type of the tensor's integers.</param>
    /// <param name="scale">What they mean.</param>
    /// <returns>Null where no integer of the type divides as a number of the constant does.</returns>
    public static Tensor? Of(Tensor constant, ComparisonFunction function, DataType type, Quantization scale)
    {
        (long lowest, long highest) = type switch
        {
            DataType.Int8 => (sbyte.MinValue, (long)sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => (1L, 0L),
        };
        float[] values = ConstantValues.Of(constant)!;
        long[] integers = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double place = (values[i] / (double)scale.Scale) + scale.ZeroPoint;
            if (!(place > lowest - 1.0 && place < highest + 1.0))
            {
                return null;
            }

            // The last integer that is not above the constant, as real numbers of single precision compare.
            long below = (long)Math.Ceiling(place);
            while (below >= lowest && Real(below, scale) > values[i])
            {
                below--;
            }

            bool meets = below >= lowest && Real(below, scale).Equals(values[i]);
            integers[i] = function is ComparisonFunction.Less or ComparisonFunction.GreaterOrEqual || meets ? below : below + 1;
            if (integers[i] < lowest || integers[i] > highest || (!meets && function is ComparisonFunction.Equal or ComparisonFunction.NotEqual))
            {
                return null;
            }
        }

        return new Tensor(constant.Name, type, constant.Shape) { Quantization = scale, Data = IntegerConstant.Bytes(type, integers) };
    }

    /// <summary>The comparison that says the same with its sides exchanged.</summary>
    public static ComparisonFunction Mirrored(ComparisonFunction function)
    {
        return function switch
        {
            ComparisonFunction.Less => ComparisonFunction.Greater,
            ComparisonFunction.LessOrEqual => ComparisonFunction.GreaterOrEqual,
            ComparisonFunction.Greater => ComparisonFunction.Less,
            ComparisonFunction.GreaterOrEqual => ComparisonFunction.LessOrEqual,
            _ => function,
        };
    }

    private static float Real(long integer, Quantization scale)
    {
        return scale.Scale * (integer - scale.ZeroPoint);
    }
}
