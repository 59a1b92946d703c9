using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Samples shifted left so far that the largest just fits, and how far: a Fourier transform behind it then loses least.</summary>
/// <remarks>
/// Input: data (int16). Outputs: as the data, which may be the same bytes; the shift (int32, one element, 0 to 15). The largest magnitude is
/// looked for in 16 bits as the reference does it, so that -32768 counts as the smallest number.
/// </remarks>
internal sealed class SignalFftAutoScale : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly TensorData _scale;

    internal SignalFftAutoScale(OperatorReader reader)
    {
        reader.RequireOperands(1, 2, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        TensorInfo scale = reader.Output(1);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireType(scale, ElementType.Int32);
        reader.RequireElements(output, input.ElementCount);
        reader.RequireElements(scale, 1);
        _input = reader.Data(input);
        _output = reader.Data(output);
        _scale = reader.Data(scale);
    }

    internal override void Run()
    {
        ReadOnlyInt16Vector input = _input.Int16();
        Int16Vector output = _output.Int16();
        Int32Vector scale = _scale.Int32();
        int shift = LeadingZeros.Count((uint)LargestMagnitude(input)) - 17;
        shift = shift < 0 ? 0 : shift;
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = (short)(input[i] << shift);
        }

        scale[0] = shift;
    }

    private static short LargestMagnitude(ReadOnlyInt16Vector values)
    {
        short largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            short value = values[i];
            if (value > largest)
            {
                largest = value;
            }
            else if (-value > largest)
            {
                largest = (short)-value;
            }
        }

        return largest;
    }
}
