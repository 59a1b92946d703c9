using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// exp of what lies below a row's largest element, in Q0.31. Where 8-bit data have at least as many elements as distances, the exponentials are
/// computed once, when the network is loaded; otherwise one by one.
/// </summary>
/// <remarks>
/// Attributes: the number of distances (1 to 256, to 65536 for 16-bit data) whose exponential is not taken for 0; multiplier and shift (0 to 30),
/// which bring a distance to Q5.26.
/// </remarks>
internal sealed class Exponentials
{
    /// <summary>Integer bits of the sum of exponentials, each of which is 1 at most.</summary>
    internal const int SumIntegerBits = 12;

    /// <summary>Integer bits of the argument of exp.</summary>
    internal const int ArgumentIntegerBits = 5;

    private const int Distances = 256;
    private const int WideDistances = 65536;

    private readonly int[]? _table;

    /// <summary>Reads the attributes.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="elements">How many exponentials an inference takes.</param>
    /// <param name="wide">True for 16-bit data.</param>
    internal Exponentials(OperatorReader reader, int elements, bool wide)
    {
        Count = reader.Attribute("number of distances", 1, wide ? WideDistances : Distances);
        Multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        Shift = reader.Attribute("shift", 0, 30);
        if (wide || elements < Distances)
        {
            return;
        }

        int[] table = new int[Count];
        for (int below = 0; below < Count; below++)
        {
            table[below] = Of(below);
        }

        _table = table;
    }

    /// <summary>Elements so far below the largest, or further, count as 0.</summary>
    internal int Count { get; }

    internal int Multiplier { get; }

    internal int Shift { get; }

    /// <summary>The largest element of a row.</summary>
    internal static int Largest(ReadOnlyInt16Vector row)
    {
        int largest = short.MinValue;
        for (int i = 0; i < row.Length; i++)
        {
            int value = row[i];
            if (value > largest)
            {
                largest = value;
            }
        }

        return largest;
    }

    /// <summary>The largest element of a row.</summary>
    internal static int Largest(ReadOnlyInt8Vector row)
    {
        int largest = sbyte.MinValue;
        for (int i = 0; i < row.Length; i++)
        {
            int value = row[i];
            if (value > largest)
            {
                largest = value;
            }
        }

        return largest;
    }

    /// <summary>The exponential of a distance below the largest element, 0 to <see cref="Count"/> - 1.</summary>
    internal int Of(int below)
    {
        return _table != null
            ? _table[below]
            : Exponential.OfNonPositive(Requantization.MultiplyByQuantizedMultiplier(-below, Multiplier, Shift), ArgumentIntegerBits);
    }

    /// <summary>The sum of the exponentials of a row, with <see cref="SumIntegerBits"/> integer bits.</summary>
    internal int Sum(ReadOnlyInt8Vector row, int largest)
    {
        int sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += Summand(largest - row[i]);
        }

        return sum;
    }

    /// <summary>Like <see cref="Sum(ReadOnlyInt8Vector, int)"/>, of 16-bit elements; a row has at most 4095.</summary>
    internal int Sum(ReadOnlyInt16Vector row, int largest)
    {
        int sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += Summand(largest - row[i]);
        }

        return sum;
    }

    private int Summand(int below)
    {
        return below < Count ? FixedPoint.RoundingDivideByPowerOfTwo(Of(below), SumIntegerBits) : 0;
    }
}
