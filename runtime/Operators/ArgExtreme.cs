using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The index along one dimension of the largest or smallest element; of equal ones the first.</summary>
/// <remarks>
/// Input: data [outer, size, inner] in any shape (int8, int16 or int32). Output: [outer, inner] in any shape (int32). Attributes: size,
/// inner, the <see cref="Extreme"/>.
/// </remarks>
internal sealed class ArgExtreme : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly ElementType _type;
    private readonly TensorData _output;
    private readonly int _outer;
    private readonly int _size;
    private readonly int _inner;

    // The smallest value is the one whose complement is the largest.
    private readonly int _mask;

    internal ArgExtreme(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _type = input.Type;
        reader.RequireType(input, _type);
        reader.Require(_type == ElementType.Int8 || _type == ElementType.Int16 || _type == ElementType.Int32, "its input must have int8, int16 or int32 elements.");
        reader.RequireType(output, ElementType.Int32);
        int elements = input.ElementCount;
        _size = reader.Attribute("size", 1, elements);
        _inner = reader.Attribute("inner size", 1, elements);
        long block = (long)_size * _inner;
        reader.Require(elements % block == 0, "its input does not divide into blocks of the sizes.");
        _outer = (int)(elements / block);
        reader.RequireElements(output, elements / _size);
        _mask = reader.Attribute("extreme", (int)Extreme.Largest, (int)Extreme.Smallest) == (int)Extreme.Largest ? 0 : -1;
        _input = reader.Data(input);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(_size < ElementBlock.Length ? _size : ElementBlock.Length);
    }

    internal override void Run()
    {
        Int32Vector output = _output.Int32();
        int[] values = _workspace.Int32;
        int at = 0;
        for (int outer = 0; outer < _outer; outer++)
        {
            for (int inner = 0; inner < _inner; inner++, at++)
            {
                output[at] = Find((outer * _size * _inner) + inner, values);
            }
        }
    }

    private int Find(int start, int[] values)
    {
        int best = int.MinValue;
        int index = 0;
        for (int done = 0; done < _size; done += ElementBlock.Length)
        {
            int count = _size - done < ElementBlock.Length ? _size - done : ElementBlock.Length;
            ElementBlock.Load(_kernels, _input, _type, start + (done * _inner), _inner, values, 0, count);
            for (int i = 0; i < count; i++)
            {
                int value = values[i] ^ _mask;
                if (value > best)
                {
                    best = value;
                    index = done + i;
                }
            }
        }

        return index;
    }
}
