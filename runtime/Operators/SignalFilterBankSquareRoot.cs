using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Square roots of 64-bit sums, each shifted right as far as the samples were shifted left.</summary>
/// <remarks>
/// Inputs: sums (int32, two elements for each: low and high half of an unsigned number), shift (int32, one element; its lowest 5 bits count).
/// Output: int32, of which all bits are the number. A root is rounded to nearest (<see cref="SquareRoot"/>), then shifted.
/// </remarks>
internal sealed class SignalFilterBankSquareRoot : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _shift;
    private readonly TensorData _output;

    internal SignalFilterBankSquareRoot(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo shift = reader.Input(1);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int32);
        reader.RequireType(shift, ElementType.Int32);
        reader.RequireType(output, ElementType.Int32);
        reader.RequireElements(shift, 1);
        reader.Require(input.ElementCount == 2L * output.ElementCount, "its sums have not two elements for each of its output.");
        _input = reader.Data(input);
        _shift = reader.Data(shift);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt32Vector input = _input.Int32();
        Int32Vector output = _output.Int32();
        int shift = _shift.Int32()[0] & 31;
        for (int i = 0; i < output.Length; i++)
        {
            ulong sum = ((ulong)(uint)input[(2 * i) + 1] << 32) | (uint)input[2 * i];
            output[i] = (int)(SquareRoot.Of(sum) >> shift);
        }
    }
}
