using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Slices of the data at positions along an axis: [batches, outer, axis, inner] at [batches, positions].</summary>
internal sealed class GatherKernel : FloatKernel
{
    private readonly GatherShape _shape;
    private readonly int _data;
    private readonly int _indices;
    private readonly int _output;

    private GatherKernel(GatherShape shape, int data, int indices, int output)
    {
        _shape = shape;
        (_data, _indices, _output) = (data, indices, output);
    }

    public static FloatKernel? Of(KernelContext context, Gather operation)
    {
        return GatherShape.Of(context.Node, operation) is GatherShape shape
            ? new GatherKernel(shape, context.Input(0), context.Input(1), context.Output())
            : context.Refuse("Data, indices and output do not fit each other.", "Convert the source network again.");
    }

    /// <summary>Rows of a table.</summary>
    public static GatherKernel OfRows(KernelContext context)
    {
        int[] table = context.Node.Input(1).Shape;
        int inner = table[1..].Aggregate(1, (product, size) => product * size);
        return new GatherKernel(new GatherShape(1, 1, table[0], inner, context.Node.Input(0).ElementCount), context.Input(1), context.Input(0), context.Output());
    }

    public override void Run(FloatWorkspace workspace)
    {
        float[] data = workspace[_data];
        float[] output = workspace[_output];
        int inner = _shape.Inner;
        for (int i = 0; i < _shape.Batches * _shape.Outer; i++)
        {
            ReadOnlySpan<float> indices = workspace[_indices].AsSpan(i / _shape.Outer * _shape.Positions, _shape.Positions);
            for (int position = 0; position < indices.Length; position++)
            {
                int from = (i * _shape.AxisSize) + Positions.Inside(indices[position], _shape.AxisSize);
                Array.Copy(data, from * inner, output, ((i * _shape.Positions) + position) * inner, inner);
            }
        }
    }
}
