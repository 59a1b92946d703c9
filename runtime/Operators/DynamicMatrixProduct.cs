using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Matrix products of two tensors that are both computed while the network runs, whose results' scale is found at run time.</summary>
/// <remarks>
/// Inputs: left (int8), right (int8), scale of the left, scale of the right (int32 [3], may be absent). Outputs: data (int8, batches x rows x
/// columns elements), scale (int32 [3]). Scratch: that of <see cref="DynamicResults"/>, then one column of the left (int8), only where both are
/// transposed. Attributes: those of <see cref="MatrixProducts"/>, of <see cref="DynamicOperand"/> for the left and for the right, of
/// <see cref="DynamicResults"/>. A result is the sum of products itself, its unit the product of the two scales. The depth is at most 33025,
/// so that sums fit into 32 bits.
/// </remarks>
internal sealed class DynamicMatrixProduct : MatrixProducts
{
    // The largest product of two differences to a zero point, 255 x 255.
    private const int LargestProduct = 65025;

    private readonly DynamicOperand _left;
    private readonly DynamicOperand _right;
    private readonly DynamicResults _results;

    internal DynamicMatrixProduct(OperatorReader reader)
        : base(reader, 4, 2, DynamicResults.ScratchOf(reader))
    {
        reader.Require(Depth <= int.MaxValue / LargestProduct, "its accumulators may exceed 32 bits: they sum up " + Depth.ToString() + " products.");
        _left = new DynamicOperand(reader, "left", 0, 2);
        _right = new DynamicOperand(reader, "right", 1, 3);
        _results = new DynamicResults(reader);
    }

    internal override void Run()
    {
        _left.ReadScale();
        _right.ReadScale();
        _results.Begin();
        RunRows();
        if (_results.Finish(_left.Scale.Times(_right.Scale)))
        {
            RunRows();
        }
    }

    protected override void RunRow(int left, int right, int row, int output)
    {
        int first = SumRow(left, -_left.ZeroPoint, right, -_right.ZeroPoint, row);
        int[] sums = Sums;
        for (int i = 0; first > 0 && i < Columns; i++)
        {
            sums[i] = sums[first + i];
        }

        _results.Add(output, Columns);
    }
}
