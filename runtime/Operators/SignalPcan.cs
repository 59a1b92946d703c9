using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Per-channel automatic gain (per-channel energy normalization): each band times a gain that its noise says, then compressed: x^2 / 4 below 2,
/// x - 1 above.
/// </summary>
/// <remarks>
/// Inputs: bands, estimates of their noise (int32, of which all bits are the number), the gain as a function of the noise (125 elements of an
/// int16 constant, <see cref="WideDynamicFunction"/>). Output: int32, as many, with 6 fraction bits; it may
/// be the same bytes as the bands or the estimates. Attributes: shift (0 to 63), which leaves 12 fraction bits of band x gain.
/// </remarks>
internal sealed class SignalPcan : Operator
{
    private const int RatioBits = 12;
    private const int OutputBits = 6;

    private readonly TensorData _input;
    private readonly TensorData _noise;
    private readonly Int16ParameterData _gain;
    private readonly TensorData _output;
    private readonly int _shift;

    internal SignalPcan(OperatorReader reader)
    {
        reader.RequireOperands(3, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo noise = reader.Input(1);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int32);
        reader.RequireType(noise, ElementType.Int32);
        reader.RequireType(output, ElementType.Int32);
        reader.RequireElements(noise, input.ElementCount);
        reader.RequireElements(output, input.ElementCount);
        _gain = reader.Int16Parameters(reader.Input(2), WideDynamicFunction.Entries);
        _shift = reader.Attribute("shift", 0, 63);
        _input = reader.Data(input);
        _noise = reader.Data(noise);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt32Vector input = _input.Int32();
        ReadOnlyInt32Vector noise = _noise.Int32();
        Int32Vector output = _output.Int32();
        Int16Parameters gains = _gain.Vector;
        for (int i = 0; i < output.Length; i++)
        {
            uint gain = (uint)WideDynamicFunction.Of((uint)noise[i], gains);
            output[i] = (int)Compress((uint)(((ulong)(uint)input[i] * gain) >> _shift));
        }
    }

    private static uint Compress(uint ratio)
    {
        return ratio < 2u << RatioBits
            ? (ratio * ratio) >> (2 + (2 * RatioBits) - OutputBits)
            : (ratio >> (RatioBits - OutputBits)) - (1u << OutputBits);
    }
}
