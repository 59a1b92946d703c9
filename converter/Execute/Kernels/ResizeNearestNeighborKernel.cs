using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Height and width changed by taking the nearest pixel, with TensorFlow Lite's coordinates.</summary>
internal sealed class ResizeNearestNeighborKernel : FloatKernel
{
    private readonly int _input;
    private readonly int _output;
    private readonly int[] _data;
    private readonly int[] _result;
    private readonly int[] _rows;
    private readonly int[] _columns;

    public ResizeNearestNeighborKernel(KernelContext context, ResizeNearestNeighbor operation)
    {
        (_input, _output) = (context.Input(0), context.Output());
        (_data, _result) = (context.Node.Input(0).Shape, context.Node.Output().Shape);
        _rows = NearestPixels.Of(_data[1], _result[1], operation);
        _columns = NearestPixels.Of(_data[2], _result[2], operation);
    }

    public override void Run(FloatWorkspace workspace)
    {
        int channels = _data[3];
        for (int i = 0; i < _result[0] * _result[1]; i++)
        {
            int line = ((i / _result[1] * _data[1]) + _rows[i % _result[1]]) * _data[2];
            for (int x = 0; x < _result[2]; x++)
            {
                Array.Copy(workspace[_input], (line + _columns[x]) * channels, workspace[_output], ((i * _result[2]) + x) * channels, channels);
            }
        }
    }
}
