using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// The walk over the output of an element-wise operator whose inputs may be broadcast: row after row along the innermost dimension, with
/// the element at which each input's part of the row starts.
/// </summary>
/// <remarks>
/// Attributes: the number of dimensions (0: every input has as many elements as the output), then for each dimension, outermost first, its
/// size and a mask in which bit i is set where input i has the dimension, and clear where it is broadcast over it. One input at least has it.
/// </remarks>
internal sealed class Broadcasting
{
    private const int MaximumDimensions = ModelLayout.MaximumRank;

    private static readonly int[] s_none = new int[0];

    private readonly int _inputs;
    private readonly int _outer;
    private readonly int[] _sizes;
    private readonly int[] _counters;
    private readonly int[] _innerStrides;
    private readonly int[] _offsets;

    // Strides of the outer dimensions, input by input.
    private readonly int[] _strides;

    /// <summary>Reads the attributes and checks the element counts of the first inputs and of output 0 against them.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="inputs">How many inputs, from the first, are walked over.</param>
    internal Broadcasting(OperatorReader reader, int inputs)
    {
        TensorInfo output = reader.Output(0);
        int dimensions = reader.Attribute("number of dimensions", 0, MaximumDimensions);
        _inputs = inputs;
        _outer = dimensions > 1 ? dimensions - 1 : 0;
        _sizes = Numbers(_outer);
        _counters = Numbers(_outer);
        _strides = Numbers(_outer * inputs);
        _innerStrides = new int[inputs];
        _offsets = new int[inputs];
        int[] masks = Numbers(_outer);
        int innerMask = -1;
        InnerLength = output.ElementCount;
        for (int i = 0; i < dimensions; i++)
        {
            int size = reader.Attribute("size of a dimension", 1, int.MaxValue);
            int mask = reader.Attribute("mask of a dimension", 1, (1 << inputs) - 1);
            if (i < _outer)
            {
                _sizes[i] = size;
                masks[i] = mask;
            }
            else
            {
                InnerLength = size;
                innerMask = mask;
            }
        }

        RequireElements(reader, output, masks, innerMask, -1);
        for (int input = 0; input < inputs; input++)
        {
            RequireElements(reader, reader.Input(input), masks, innerMask, input);
        }
    }

    /// <summary>The elements of a row.</summary>
    internal int InnerLength { get; }

    /// <summary>How far an input advances from one element of a row to the next: 0 or 1.</summary>
    internal int InnerStride(int input)
    {
        return _innerStrides[input];
    }

    /// <summary>The element of an input at which the present row starts.</summary>
    internal int Offset(int input)
    {
        return _offsets[input];
    }

    /// <summary>Moves to the next row; after the last one back to the first.</summary>
    /// <returns>False after the last row.</returns>
    internal bool Next()
    {
        for (int dimension = _outer - 1; dimension >= 0; dimension--)
        {
            int size = _sizes[dimension];
            int steps = 1;
            bool wraps = ++_counters[dimension] == size;
            if (wraps)
            {
                _counters[dimension] = 0;
                steps = 1 - size;
            }

            for (int input = 0; input < _inputs; input++)
            {
                _offsets[input] += steps * _strides[(input * _outer) + dimension];
            }

            if (!wraps)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>So many numbers; those of a walk without outer dimensions share one empty array.</summary>
    private static int[] Numbers(int count)
    {
        return count == 0 ? s_none : new int[count];
    }

    /// <summary>Sets the strides of an input, or of nothing for the output (input -1), and checks its number of elements.</summary>
    private void RequireElements(OperatorReader reader, TensorInfo tensor, int[] masks, int innerMask, int input)
    {
        long elements = 1;
        for (int dimension = _outer; dimension >= 0; dimension--)
        {
            bool inner = dimension == _outer;
            bool has = input < 0 || (((inner ? innerMask : masks[dimension]) >> input) & 1) != 0;
            if (has && input >= 0)
            {
                // The count was checked to be an int so far.
                if (inner)
                {
                    _innerStrides[input] = 1;
                }
                else
                {
                    _strides[(input * _outer) + dimension] = (int)elements;
                }
            }

            elements *= has ? (inner ? InnerLength : _sizes[dimension]) : 1;
            reader.Require(elements <= int.MaxValue, "its dimensions have more elements than a tensor can.");
        }

        reader.RequireElements(tensor, (int)elements);
    }
}
