using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Sum or difference of two quantized tensors, broadcast against each other.</summary>
/// <remarks>
/// Inputs: left, right. Output: their sum or difference. All int8 or all int16. Attributes: those of <see cref="Broadcasting"/>, then of
/// <see cref="SumParameters"/>.
/// </remarks>
internal sealed class Add : ElementwiseOperator
{
    private readonly SumParameters _parameters;
    private readonly bool _wide;

    internal Add(OperatorReader reader)
        : base(reader, 2)
    {
        _wide = reader.Output(0).Type == ElementType.Int16;
        RequireType(reader, _wide ? ElementType.Int16 : ElementType.Int8);
        _parameters = new SumParameters(reader, reader.Output(0).Type);
    }

    protected override void RunRow(Broadcasting row, int output)
    {
        if (_wide)
        {
            base.RunRow(row, output);
            return;
        }

        Kernels.Add(InputRow(row, 0), InputRow(row, 1), OutputRow(row, output), _parameters);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = _parameters.Finish(_parameters.ScaleLeft(values[i]) + _parameters.ScaleRight(values[block + i]));
        }
    }
}
