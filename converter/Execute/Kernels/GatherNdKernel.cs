using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Slices of the data at tuples of indices into its outer axes.</summary>
internal sealed class GatherNdKernel : FloatKernel
{
    private readonly int[] _sizes;
    private readonly long[] _strides;
    private readonly int _slice;
    private readonly int _data;
    private readonly int _indices;
    private readonly int _output;

    public GatherNdKernel(KernelContext context)
    {
        int[] data = context.Node.Input(0).Shape;
        int tuple = context.Node.Input(1).Shape[^1];
        _sizes = data[..tuple];
        _strides = RowMajor.Strides(data)[..tuple];
        _slice = (int)_strides[^1];
        (_data, _indices, _output) = (context.Input(0), context.Input(1), context.Output());
    }

    public override void Run(FloatWorkspace workspace)
    {
        float[] indices = workspace[_indices];
        for (int i = 0; i < indices.Length / _sizes.Length; i++)
        {
            long from = 0;
            for (int axis = 0; axis < _sizes.Length; axis++)
            {
                from += Positions.Inside(indices[(i * _sizes.Length) + axis], _sizes[axis]) * _strides[axis];
            }

            Array.Copy(workspace[_data], from, workspace[_output], (long)i * _slice, _slice);
        }
    }
}
