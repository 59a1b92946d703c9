using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// An operator that makes one element of all elements that differ only in the reduced dimensions. The desktop has merged dimensions, so
/// that few loops are left around rows that lie at a regular distance from each other.
/// </summary>
/// <remarks>
/// Input: data. Output: type of the data. Attributes: those of a <see cref="LoopNest"/> over what is kept, those of another over what is
/// reduced, the number of rows, the elements from one row to the next, and the elements of a row. Rows are reduced, a row's elements kept:
/// each index of the first nest makes a row of the output.
/// </remarks>
internal abstract class Reduction : Operator
{
    private readonly LoopNest _kept;
    private readonly LoopNest _reduced;
    private readonly int _length;

    /// <summary>Checks that the loops read every element of the input as often as it has elements, inside it, and fill the output.</summary>
    protected Reduction(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        Type = input.Type;
        reader.RequireType(input, Type);
        reader.RequireType(output, Type);
        int elements = input.ElementCount;
        _kept = new LoopNest(reader, elements);
        _reduced = new LoopNest(reader, elements);
        Rows = reader.Attribute("number of rows", 1, elements);
        RowStride = reader.Attribute("stride of rows", 0, elements);
        _length = reader.Attribute("length of a row", 1, elements);
        long reads = (long)_reduced.Iterations * Rows;
        reader.Require(reads <= elements && reads * _kept.Iterations <= elements && reads * _kept.Iterations * _length == elements, "its loops do not fit the data.");
        long end = (long)_kept.Reach + _reduced.Reach + (((long)Rows - 1) * RowStride) + _length;
        reader.Require(end <= elements, "its rows reach beyond the data.");
        reader.RequireElements(output, _kept.Iterations * _length);
        Input = reader.Data(input);
        Output = reader.Data(output);
        Kernels = reader.Kernels;
        Workspace = reader.Workspace;
        Block = _length < ElementBlock.Length ? _length : ElementBlock.Length;
        Workspace.Require(Block);
    }

    protected TensorData Input { get; }

    protected TensorData Output { get; }

    /// <summary>The type of input and output.</summary>
    protected ElementType Type { get; }

    protected KernelSet Kernels { get; }

    protected Workspace Workspace { get; }

    /// <summary>The most elements of a row that are worked on at once.</summary>
    protected int Block { get; }

    protected int Rows { get; }

    protected int RowStride { get; }

    internal sealed override void Run()
    {
        int[] values = Workspace.Int32;
        int output = 0;
        do
        {
            for (int done = 0; done < _length; done += Block)
            {
                int count = _length - done < Block ? _length - done : Block;
                for (int i = 0; i < count; i++)
                {
                    values[i] = Start;
                }

                do
                {
                    Combine(_kept.Offset + _reduced.Offset + done, values, count);
                }
                while (_reduced.Next());

                Finish(values, count);
                ElementBlock.Store(Kernels, values, count, Output, Type, output + done);
            }

            output += _length;
        }
        while (_kept.Next());
    }

    /// <summary>What a value is before anything is combined with it.</summary>
    protected abstract int Start { get; }

    /// <summary>Combines the first values with the elements of all rows.</summary>
    /// <param name="from">The element at which the first row starts.</param>
    /// <param name="values">The values so far.</param>
    /// <param name="count">How many of them, and of each row's elements.</param>
    protected abstract void Combine(int from, int[] values, int count);

    /// <summary>Makes the first values elements of the output.</summary>
    protected abstract void Finish(int[] values, int count);
}
