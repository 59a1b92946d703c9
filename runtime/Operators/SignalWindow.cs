using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Frames of samples, each multiplied by a window.</summary>
/// <remarks>
/// Inputs: data (int16, whole frames), weights (int16, one for each sample of a frame). Output: as the data; it may be the same bytes.
/// Attributes: shift (0 to 31). An output is sample x weight / 2^shift, rounded down and clamped.
/// </remarks>
internal sealed class SignalWindow : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _weights;
    private readonly TensorData _output;
    private readonly int _shift;

    internal SignalWindow(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo weights = reader.Input(1);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(weights, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireElements(output, input.ElementCount);
        reader.Require(input.ElementCount % weights.ElementCount == 0, "its data are not whole frames of as many samples as there are weights.");
        _shift = reader.Attribute("shift", 0, 31);
        _input = reader.Data(input);
        _weights = reader.Data(weights);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt16Vector input = _input.Int16();
        ReadOnlyInt16Vector weights = _weights.Int16();
        Int16Vector output = _output.Int16();
        for (int frame = 0; frame < input.Length; frame += weights.Length)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                output[frame + i] = (short)FixedPoint.Clamp((input[frame + i] * weights[i]) >> _shift, short.MinValue, short.MaxValue);
            }
        }
    }
}
