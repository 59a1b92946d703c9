using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// exp of what lies below a row's largest element, in Q0.31. Where 8-bit data have at least as many elements as distances, or the kernels hold more than
/// the file does anyway, the exponentials are computed once, when the network is loaded; otherwise one by one.
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
        if (wide || (elements < Distances && !reader.Kernels.HoldsWeights))
        {
            return;
        }

        int[] table = new int[Distances];
        for (int below = 0; below < Distances; below++)
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

    /// <summary>The exponentials of elements, 0 where they are too far below the largest.</summary>
    /// <param name="elements">Some elements of a row.</param>
    /// <param name="largest">The largest of the row.</param>
    /// <param name="values">Where the exponentials go, from the start.</param>
    /// <returns>Their sum, with <see cref="SumIntegerBits"/> integer bits.</returns>
    internal int Load(ReadOnlyInt8Vector elements, int largest, int[] values)
    {
        int sum = 0;
        int[]? table = _table;
        if (table == null)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                values[i] = Of(largest - elements[i]);
                sum += Summand(values[i]);
            }

            return sum;
        }

        for (int i = 0; i < elements.Length; i++)
        {
            int exponential = table[largest - elements[i]];
            values[i] = exponential;
            sum += Summand(exponential);
        }

        return sum;
    }

    /// <summary>The sum of the exponentials of a row of 16-bit elements, at most 4095, with <see cref="SumIntegerBits"/> integer bits.</summary>
    internal int Sum(ReadOnlyInt16Vector row, int largest)
    {
        int sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += Summand(Of(largest - row[i]));
        }

        return sum;
    }

    // Rounded to nearest: exponentials are not negative.
    private static int Summand(int exponential)
    {
        return (int)(((uint)exponential + (1u << (SumIntegerBits - 1))) >> SumIntegerBits);
    }

    private int Of(int below)
    {
        return below < Count
            ? Exponential.OfNonPositive(Requantization.MultiplyByQuantizedMultiplier(-below, Multiplier, Shift), ArgumentIntegerBits)
            : 0;
    }
}
