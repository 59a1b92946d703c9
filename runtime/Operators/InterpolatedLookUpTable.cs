using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Any element-wise function of one 16-bit input as a table of its values at every 128th argument, with straight lines between.</summary>
/// <remarks>
/// Inputs: data (int16), table (513 int16; entry i is the result for 128 x (i - 256), the last one only ends the last line). Output: int16,
/// as many elements.
/// </remarks>
internal sealed class InterpolatedLookUpTable : Operator
{
    private readonly Int16ParameterData _table;
    private readonly TensorData _input;
    private readonly TensorData _output;

    internal InterpolatedLookUpTable(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireElements(output, input.ElementCount);
        _table = reader.Int16Parameters(reader.Input(1), InterpolatedTable.EntryCount);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        Int16Parameters table = _table.Vector;
        ReadOnlyInt16Vector input = _input.Int16();
        Int16Vector output = _output.Int16();
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = InterpolatedTable.LookUp(input[i], table);
        }
    }
}
