using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The hyperbolic tangent of 16-bit elements, by interpolation in <see cref="SigmoidTable"/>.</summary>
/// <remarks>
/// Input: int16, zero point 0. Output: int16 in units of 2^-15, as many elements. Attributes: multiplier (0 and above) and shift to the right
/// (0 to 31), which bring an element to units of 1 / (3 x 4096).
/// </remarks>
internal sealed class TanhInt16 : Operator
{
    private readonly KernelSet _kernels;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _multiplier;
    private readonly int _shift;

    internal TanhInt16(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireElements(output, input.ElementCount);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", 0, 31);
        _kernels = reader.Kernels;
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        _kernels.Tanh(_input.Int16(), _multiplier, _shift, _output.Int16());
    }
}
