using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Any element-wise function of one 8-bit input as a table: activations, requantization, logistic, and chains of them.
/// </summary>
/// <remarks>Inputs: data (int8, uint8 or bool), table (256 int8; entry i is the result for the byte i - 128). Output: 8-bit, as many elements.</remarks>
internal sealed class LookUpTable : Operator
{
    private readonly KernelSet _kernels;
    private readonly TensorData _input;
    private readonly TensorData _table;
    private readonly TensorData _output;

    internal LookUpTable(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.Require(input.ByteLength == input.ElementCount && output.ByteLength == output.ElementCount, "input and output must have 8-bit elements.");
        reader.RequireElements(output, input.ElementCount);
        reader.RequireElements(reader.Input(1), 256);
        reader.RequireType(reader.Input(1), ElementType.Int8);
        _input = reader.Data(input);
        _table = reader.Data(reader.Input(1));
        _output = reader.Data(output);
        _kernels = reader.Kernels;
    }

    internal override void Run()
    {
        _kernels.LookUp(_input.Int8(), _table.Int8(), _output.Int8());
    }
}
