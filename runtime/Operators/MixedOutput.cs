using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>An output of 8 or 16 bits, whatever its operator's data have, and how accumulators become its elements.</summary>
internal sealed class MixedOutput
{
    private readonly RowParameters _parameters;
    private readonly TensorData _output;
    private readonly bool _wide;

    internal MixedOutput(OperatorReader reader, TensorInfo output, TensorData data, RowParameters parameters)
    {
        _wide = output.Type == ElementType.Int16;
        reader.RequireType(output, _wide ? ElementType.Int16 : ElementType.Int8);
        _parameters = parameters;
        _output = data;
    }

    /// <summary>Writes elements that 8-bit data were accumulated for.</summary>
    /// <param name="sums">The accumulators, without bias.</param>
    /// <param name="firstRow">The row of the first.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="at">The first element that is written.</param>
    internal void Write(int[] sums, int firstRow, int rows, int at)
    {
        RowParameters parameters = _parameters;
        Int32Parameters multipliers = parameters.Multipliers;
        ReadOnlyInt8Vector shifts = parameters.Shifts;
        Int8Vector output = _output.Int8();
        Int16Vector wideOutput = _wide ? _output.Int16() : default;
        for (int i = 0; i < rows; i++)
        {
            int row = firstRow + i;
            int sum = parameters.HasBias ? sums[i] + parameters.Bias[row] : sums[i];
            int channel = row * parameters.PerRow;
            int value = parameters.Finish(sum, multipliers[channel], shifts[channel]);
            if (_wide)
            {
                wideOutput[at + i] = (short)value;
            }
            else
            {
                output[at + i] = (sbyte)value;
            }
        }
    }

    /// <summary>Writes an element that 16-bit data were accumulated for.</summary>
    /// <param name="sum">The accumulator, without bias.</param>
    /// <param name="row">Its row.</param>
    /// <param name="at">The element that is written.</param>
    internal void Write(long sum, int row, int at)
    {
        RowParameters parameters = _parameters;
        int channel = row * parameters.PerRow;
        sum += parameters.HasWideBias ? parameters.WideBias[row] : parameters.HasBias ? parameters.Bias[row] : 0;
        int multiplier = parameters.Multipliers[channel];
        int shift = parameters.Shifts[channel];
        int value = parameters.Wide ? parameters.Finish(sum, multiplier, shift) : parameters.Finish((int)sum, multiplier, shift);
        if (_wide)
        {
            Int16Vector output = _output.Int16();
            output[at] = (short)value;
        }
        else
        {
            Int8Vector output = _output.Int8();
            output[at] = (sbyte)value;
        }
    }
}
