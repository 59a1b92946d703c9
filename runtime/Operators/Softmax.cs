using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Softmax of each row of 8-bit elements, to 8 or 16 bits.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8). Output: int8 or int16, as many elements, the lowest number standing for 0 and one step for
/// 2^-8 or 2^-16. Attributes: columns, then those of <see cref="Exponentials"/>.
/// </remarks>
internal sealed class Softmax : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly Exponentials _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _columns;
    private readonly bool _wide;

    internal Softmax(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = output.Type == ElementType.Int16;
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(output, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireElements(output, input.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _exponentials = new Exponentials(reader, input.ElementCount, false);
        reader.RequireElements(input, input.ElementCount / _columns * _columns);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(BlockLength);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    /// <summary>The most elements of a row that are worked on at once.</summary>
    private int BlockLength => _columns < ElementBlock.Length ? _columns : ElementBlock.Length;

    internal override void Run()
    {
        ReadOnlyInt8Vector input = _input.Int8();
        for (int row = 0; row < input.Length; row += _columns)
        {
            RunRow(input.Slice(row, _columns), row);
        }
    }

    private void RunRow(ReadOnlyInt8Vector input, int output)
    {
        int[] values = _workspace.Int32;
        int largest = _kernels.Largest(input);
        int sum = 0;
        for (int start = 0; start < _columns; start += BlockLength)
        {
            sum += _exponentials.Load(Block(input, start), largest, values);
        }

        Rescaling share = Share(sum);
        for (int start = 0; start < _columns; start += BlockLength)
        {
            ReadOnlyInt8Vector block = Block(input, start);
            if (_columns > BlockLength)
            {
                _exponentials.Load(block, largest, values);
            }

            if (_wide)
            {
                _kernels.Rescale(values, 0, block.Length, share, short.MinValue, short.MinValue, short.MaxValue);
                _kernels.NarrowInt16(values, 0, _output.Int16().Slice(output + start, block.Length));
            }
            else
            {
                _kernels.Rescale(values, 0, block.Length, share, sbyte.MinValue, sbyte.MinValue, sbyte.MaxValue);
                _kernels.Narrow(values, 0, _output.Int8().Slice(output + start, block.Length));
            }
        }
    }

    private ReadOnlyInt8Vector Block(ReadOnlyInt8Vector row, int start)
    {
        return row.Slice(start, _columns - start < BlockLength ? _columns - start : BlockLength);
    }

    /// <summary>What an exponential is multiplied with to be a share of the sum, in steps of the output.</summary>
    private Rescaling Share(int sum)
    {
        int reciprocal = Reciprocal.Of(sum, Exponentials.SumIntegerBits, out int bitsOverUnit);
        int shift = bitsOverUnit + (_wide ? 15 : 23);
        return shift > 31 ? new Rescaling(0, 0) : new Rescaling(reciprocal, -shift);
    }
}
