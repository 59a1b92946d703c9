using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The same integers in another element type: cut to their low bits where it is narrower, 0 or 1 where it is bool.</summary>
/// <remarks>Input: any type but int64. Output: any type but int64, as many elements.</remarks>
internal sealed class Cast : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly ElementType _from;
    private readonly ElementType _to;
    private readonly int _count;

    internal Cast(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _from = input.Type;
        _to = output.Type;
        reader.RequireType(input, _from);
        reader.RequireType(output, _to);
        reader.Require(_from != ElementType.Int64 && _to != ElementType.Int64, "64-bit elements cannot be cast.");
        _count = input.ElementCount;
        reader.RequireElements(output, _count);
        _input = reader.Data(input);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(ElementBlock.Length);
    }

    internal override void Run()
    {
        int[] block = _workspace.Int32;
        int count = ElementBlock.Length;
        for (int start = 0; start < _count; start += count)
        {
            if (count > _count - start)
            {
                count = _count - start;
            }

            ElementBlock.Load(_kernels, _input, _from, start, 1, block, 0, count);
            if (_to == ElementType.Bool)
            {
                MakeTruths(block, count);
            }

            ElementBlock.Store(_kernels, block, count, _output, _to, start);
        }
    }

    private static void MakeTruths(int[] block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            block[i] = block[i] == 0 ? 0 : 1;
        }
    }
}
