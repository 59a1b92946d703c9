using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Matrix products of two tensors that are both computed while the network runs, batch by batch, with broadcast batches.</summary>
/// <remarks>
/// Inputs: left (int8 or int16), right (type of the left). Output: type of the left, batches x rows x columns elements. Scratch: one column
/// of the left (int8), only where both are transposed and int8. Attributes: rows, depth, columns; left transposed, right transposed (0 or
/// 1: a matrix of the left is [rows, depth] or [depth, rows], of the right [depth, columns] or [columns, depth]); for each of three batch
/// dimensions, outermost first: its size, the left's and the right's step in matrices (0 where it is broadcast); left offset, right offset
/// (minus the zero points), those of <see cref="Rescaling"/>, output offset. 8-bit products accumulate in 32 bits, 16-bit ones in 64.
/// </remarks>
internal sealed class BatchMatrixProduct : MatrixProducts
{
    private readonly TensorData _output;
    private readonly int _leftOffset;
    private readonly int _rightOffset;
    private readonly Rescaling _rescaling;
    private readonly int _outputOffset;

    internal BatchMatrixProduct(OperatorReader reader)
        : base(reader, 2, 1, 0)
    {
        int limit = IsWide ? 32768 : 128;
        _leftOffset = reader.Attribute("left offset", -limit + 1, limit);
        _rightOffset = reader.Attribute("right offset", -limit + 1, limit);
        _rescaling = new Rescaling(reader, "output", IsWide);
        _outputOffset = reader.Attribute("output offset", -limit, limit - 1);
        _output = reader.Data(reader.Output(0));
    }

    internal override void Run()
    {
        RunRows();
    }

    protected override void RunRow(int left, int right, int row, int output)
    {
        if (IsWide)
        {
            RunRow16(left, right, row, output);
            return;
        }

        int first = SumRow(left, _leftOffset, right, _rightOffset, row);
        int[] sums = Sums;
        Kernels.Rescale(sums, first, Columns, _rescaling, _outputOffset, sbyte.MinValue, sbyte.MaxValue);
        Int8Vector outputs = _output.Int8().Slice(output, Columns);
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = (sbyte)sums[first + i];
        }
    }

    private void RunRow16(int left, int right, int row, int output)
    {
        Int16Vector outputs = _output.Int16().Slice(output, Columns);
        for (int column = 0; column < Columns; column++)
        {
            int value = _rescaling.Apply(SumElement16(left, _leftOffset, right, _rightOffset, row, column)) + _outputOffset;
            outputs[column] = (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
        }
    }
}
