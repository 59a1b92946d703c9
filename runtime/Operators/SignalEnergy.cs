using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The energy in each bin of a spectrum: the square of its magnitude.</summary>
/// <remarks>
/// Input: spectrum (int16, real and imaginary parts in turn). Output: int32, of which all bits are the number, one element for each complex
/// number. Attributes: first bin, and the bin behind the last; energies outside are 0.
/// </remarks>
internal sealed class SignalEnergy : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _start;
    private readonly int _end;

    internal SignalEnergy(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int32);
        int bins = output.ElementCount;
        reader.Require(input.ElementCount == 2L * bins, "its spectrum has not two elements for each of its output.");
        _start = reader.Attribute("first bin", 0, bins);
        _end = reader.Attribute("bin behind the last", _start, bins);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt16Vector input = _input.Int16();
        Int32Vector output = _output.Int32();
        output.Clear();
        for (int i = _start; i < _end; i++)
        {
            int real = input[2 * i];
            int imaginary = input[(2 * i) + 1];
            output[i] = (real * real) + (imaginary * imaginary);
        }
    }
}
