using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Averages or maxima of the pixels in a window, vectorized over channels; an average counts only pixels of the data.</summary>
internal sealed class Pool2DKernel(KernelContext context, Pool2D operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();
    private readonly int[] _data = context.Node.Input(0).Shape;
    private readonly int[] _result = context.Node.Output().Shape;

    public override void Run(FloatWorkspace workspace)
    {
        WindowAttributes window = operation.Window;
        ReadOnlySpan<float> data = workspace[_input];
        Span<float> output = workspace[_output];
        int channels = _data[3];
        for (int i = 0; i < _result[0] * _result[1] * _result[2]; i++)
        {
            int x = (i % _result[2] * window.StrideWidth) - window.PaddingLeft;
            int y = (i / _result[2] % _result[1] * window.StrideHeight) - window.PaddingTop;
            int batch = i / _result[2] / _result[1];
            Taps rows = Taps.Of(y, window.DilationHeight, operation.KernelHeight, _data[1]);
            Taps columns = Taps.Of(x, window.DilationWidth, operation.KernelWidth, _data[2]);
            Span<float> to = output.Slice(i * channels, channels);
            to.Fill(operation.Kind == PoolKind.Maximum ? float.NegativeInfinity : 0);
            for (int row = rows.First; row < rows.End; row++)
            {
                for (int column = columns.First; column < columns.End; column++)
                {
                    int pixel = (((batch * _data[1]) + y + (row * window.DilationHeight)) * _data[2]) + x + (column * window.DilationWidth);
                    Add(data.Slice(pixel * channels, channels), to);
                }
            }

            if (operation.Kind == PoolKind.Average)
            {
                TensorPrimitives.Divide(to, (rows.End - rows.First) * (columns.End - columns.First), to);
            }
        }

        Clamp.Run(operation.Activation, output);
    }

    private void Add(ReadOnlySpan<float> pixel, Span<float> to)
    {
        if (operation.Kind == PoolKind.Maximum)
        {
            TensorPrimitives.Max(to, pixel, to);
        }
        else
        {
            TensorPrimitives.Add(to, pixel, to);
        }
    }
}
