using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// An operator that makes each element of its output of one element of each input, the inputs broadcast against each other. It says how
/// values become one; its rows are taken through 32-bit working memory in blocks, so that it need not know the types of its tensors.
/// </summary>
internal abstract class ElementwiseOperator : Operator
{
    private readonly Workspace _workspace;
    private readonly Broadcasting _broadcasting;
    private readonly TensorData[] _inputs;
    private readonly ElementType[] _inputTypes;
    private readonly TensorData _output;
    private readonly ElementType _outputType;
    private readonly int _block;

    /// <summary>
    /// Checks the number of operands and that they are elements up to 32 bits, and reads the attributes of <see cref="Broadcasting"/>. Which
    /// types go together is the operator's own business.
    /// </summary>
    protected ElementwiseOperator(OperatorReader reader, int inputs)
    {
        reader.RequireOperands(inputs, 1, 0);
        TensorInfo output = reader.Output(0);
        RequirePlain(reader, output);
        _broadcasting = new Broadcasting(reader, inputs);
        _inputs = new TensorData[inputs];
        _inputTypes = new ElementType[inputs];
        for (int i = 0; i < inputs; i++)
        {
            TensorInfo input = reader.Input(i);
            RequirePlain(reader, input);
            _inputs[i] = reader.Data(input);
            _inputTypes[i] = input.Type;
        }

        _output = reader.Data(output);
        _outputType = output.Type;
        Kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _block = _broadcasting.InnerLength < ElementBlock.Length ? _broadcasting.InnerLength : ElementBlock.Length;
        _workspace.Require(inputs * _block);
    }

    protected KernelSet Kernels { get; }

    internal sealed override void Run()
    {
        int output = 0;
        do
        {
            RunRow(_broadcasting, output);
            output += _broadcasting.InnerLength;
        }
        while (_broadcasting.Next());
    }

    /// <summary>Checks that every operand has a type.</summary>
    protected static void RequireType(OperatorReader reader, ElementType type)
    {
        for (int i = 0; i < reader.InputCount; i++)
        {
            reader.RequireType(reader.Input(i), type);
        }

        reader.RequireType(reader.Output(0), type);
    }

    /// <summary>Makes <paramref name="count"/> outputs of as many values of each input.</summary>
    /// <param name="values">The values of input n from n * <paramref name="block"/>; the outputs go to the start.</param>
    /// <param name="block">The distance between the inputs.</param>
    /// <param name="count">1 to <paramref name="block"/>.</param>
    protected abstract void Combine(int[] values, int block, int count);

    /// <summary>Computes a row of the output, from an element on.</summary>
    protected virtual void RunRow(Broadcasting row, int output)
    {
        int[] values = _workspace.Int32;
        for (int done = 0; done < row.InnerLength; done += _block)
        {
            int count = row.InnerLength - done < _block ? row.InnerLength - done : _block;
            for (int i = 0; i < _inputs.Length; i++)
            {
                int stride = row.InnerStride(i);
                ElementBlock.Load(Kernels, _inputs[i], _inputTypes[i], row.Offset(i) + (done * stride), stride, values, i * _block, count);
            }

            Combine(values, _block, count);
            ElementBlock.Store(Kernels, values, count, _output, _outputType, output + done);
        }
    }

    /// <summary>What an 8-bit input brings to a row: as many elements as the row, or one for all.</summary>
    protected ReadOnlyInt8Vector InputRow(Broadcasting row, int input)
    {
        return _inputs[input].Int8().Slice(row.Offset(input), row.InnerStride(input) == 0 ? 1 : row.InnerLength);
    }

    /// <summary>The row of an 8-bit output.</summary>
    protected Int8Vector OutputRow(Broadcasting row, int output)
    {
        return _output.Int8().Slice(output, row.InnerLength);
    }

    private static void RequirePlain(OperatorReader reader, TensorInfo tensor)
    {
        reader.Require(tensor.Type != ElementType.Int64 && tensor.Type != ElementType.UInt8, "its operands must have int8, int16, int32 or bool elements.");
        reader.RequireType(tensor, tensor.Type);
    }
}
