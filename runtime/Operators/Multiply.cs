using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Product of two quantized tensors, broadcast against each other.</summary>
/// <remarks>
/// Inputs: left, right. Output: their product. All int8 or all int16. Attributes: those of <see cref="Broadcasting"/>, then of
/// <see cref="ProductParameters"/>.
/// </remarks>
internal sealed class Multiply : ElementwiseOperator
{
    private readonly ProductParameters _parameters;
    private readonly bool _wide;

    internal Multiply(OperatorReader reader)
        : base(reader, 2)
    {
        _wide = reader.Output(0).Type == ElementType.Int16;
        RequireType(reader, _wide ? ElementType.Int16 : ElementType.Int8);
        _parameters = new ProductParameters(reader, reader.Output(0).Type);
    }

    protected override void RunRow(Broadcasting row, int output)
    {
        if (_wide)
        {
            base.RunRow(row, output);
            return;
        }

        Kernels.Multiply(InputRow(row, 0), InputRow(row, 1), OutputRow(row, output), _parameters);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        ProductParameters parameters = _parameters;
        for (int i = 0; i < count; i++)
        {
            values[i] = (values[i] + parameters.LeftOffset) * (values[block + i] + parameters.RightOffset);
        }

        Kernels.Rescale(values, 0, count, parameters.Factor, parameters.OutputOffset, parameters.Minimum, parameters.Maximum);
    }
}
