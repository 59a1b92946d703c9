using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Nested loops over a tensor: the offset i0 x stride0 + i1 x stride1 + ... for every index, the last loop innermost.</summary>
/// <remarks>Attributes: the number of loops (0 to 8), then for each loop, outermost first, its size and its stride in elements.</remarks>
internal sealed class LoopNest
{
    private readonly int[] _sizes;
    private readonly int[] _strides;
    private readonly int[] _counters;

    /// <summary>Reads the attributes.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="elements">The tensor's elements: the most iterations, and the largest stride.</param>
    internal LoopNest(OperatorReader reader, int elements)
    {
        int loops = reader.Attribute("number of loops", 0, ModelLayout.MaximumRank);
        _sizes = new int[loops];
        _strides = new int[loops];
        _counters = new int[loops];
        long iterations = 1;
        long reach = 0;
        for (int i = 0; i < loops; i++)
        {
            _sizes[i] = reader.Attribute("size of a loop", 1, elements);
            _strides[i] = reader.Attribute("stride of a loop", 0, elements);
            iterations *= _sizes[i];
            reach += ((long)_sizes[i] - 1) * _strides[i];
            reader.Require(iterations <= elements && reach < elements, "its loops reach beyond the data.");
        }

        Iterations = (int)iterations;
        Reach = (int)reach;
    }

    /// <summary>The number of indices, at least 1.</summary>
    internal int Iterations { get; }

    /// <summary>The largest offset.</summary>
    internal int Reach { get; }

    /// <summary>The offset at the present index.</summary>
    internal int Offset { get; private set; }

    /// <summary>Moves to the next index; after the last one back to the first.</summary>
    /// <returns>False after the last index.</returns>
    internal bool Next()
    {
        for (int i = _sizes.Length - 1; i >= 0; i--)
        {
            if (++_counters[i] < _sizes[i])
            {
                Offset += _strides[i];
                return true;
            }

            _counters[i] = 0;
            Offset -= (_sizes[i] - 1) * _strides[i];
        }

        return false;
    }
}
