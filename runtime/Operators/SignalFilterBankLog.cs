using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Natural logarithms of bands.</summary>
/// <remarks>
/// Inputs: bands (int32, of which all bits are the number), table (int16 constant, 129 elements, <see cref="TableLogarithm"/>). Output: int16, as many: log(band x 2^shift) x scale, at most 32767, and 0 where the argument is 0 or 1.
/// Attributes: shift (0 to 31), scale (0 to 2^31 - 1).
/// </remarks>
internal sealed class SignalFilterBankLog : Operator
{
    private readonly TensorData _input;
    private readonly Int16ParameterData _table;
    private readonly TensorData _output;
    private readonly int _shift;
    private readonly int _scale;

    internal SignalFilterBankLog(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int32);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireElements(output, input.ElementCount);
        _table = reader.Int16Parameters(reader.Input(1), TableLogarithm.Entries);
        _shift = reader.Attribute("shift", 0, 31);
        _scale = reader.Attribute("scale", 0, int.MaxValue);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt32Vector input = _input.Int32();
        Int16Vector output = _output.Int16();
        Int16Parameters table = _table.Vector;
        for (int i = 0; i < output.Length; i++)
        {
            uint argument = (uint)input[i] << _shift;
            uint logarithm = argument > 1 ? TableLogarithm.Of(argument, (uint)_scale, table) : 0;
            output[i] = logarithm < short.MaxValue ? (short)logarithm : short.MaxValue;
        }
    }
}
