using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>2-D transposed convolution: the product of each data pixel with the whole filter, added to the output where it belongs.</summary>
internal sealed class TransposedConvolution2DKernel : FloatKernel
{
    private readonly TransposedConvolution2D _operation;
    private readonly RightMatrix[] _filter;
    private readonly int[] _data;
    private readonly int[] _result;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _input;
    private readonly int _weights;
    private readonly int _bias;
    private readonly int _output;

    public TransposedConvolution2DKernel(KernelContext context, TransposedConvolution2D operation)
    {
        _operation = operation;
        int[] filter = context.Node.Input(1).Shape;
        (_data, _result) = (context.Node.Input(0).Shape, context.Node.Output().Shape);
        (_kernelHeight, _kernelWidth) = (filter[1], filter[2]);
        int taps = _kernelHeight * _kernelWidth;
        int depth = filter[3];
        _filter = [.. Enumerable.Range(0, taps).Select(tap => new RightMatrix(depth, filter[0], 1, taps * depth, tap * depth).With(context.Constant(1)))];
        (_input, _weights, _bias, _output) = (context.Input(0), context.Input(1), context.OptionalInput(2), context.Output());
    }

    public override void Run(FloatWorkspace workspace)
    {
        int outputs = _result[3];
        Span<float> output = workspace[_output];
        output.Clear();
        int line = _data[2] * outputs;
        Span<float> scratch = workspace.Scratch(line + _filter[0].ScratchLength);
        for (int tap = 0; tap < _filter.Length; tap++)
        {
            PanelMatrix filter = _filter[tap].Packed(workspace[_weights], scratch[line..]);
            for (int i = 0; i < _data[0] * _data[1]; i++)
            {
                int y = (i % _data[1] * _operation.StrideHeight) - _operation.PaddingTop + (tap / _kernelWidth);
                if (y < 0 || y >= _result[1])
                {
                    continue;
                }

                ReadOnlySpan<float> pixels = workspace[_input].AsSpan(i * _data[2] * _data[3], _data[2] * _data[3]);
                MatrixProduct.Run(pixels, _data[3], _data[2], filter, [], Bounds.Of(Graph.Activation.None), scratch[..line], outputs);
                Add(scratch[..line], tap % _kernelWidth, output.Slice(((i / _data[1] * _result[1]) + y) * _result[2] * outputs, _result[2] * outputs));
            }
        }

        if (_bias >= 0)
        {
            for (int at = 0; at < output.Length; at += outputs)
            {
                TensorPrimitives.Add(output.Slice(at, outputs), workspace[_bias], output.Slice(at, outputs));
            }
        }

        Clamp.Run(_operation.Activation, output);
    }

    private void Add(ReadOnlySpan<float> products, int kernelX, Span<float> line)
    {
        int outputs = _result[3];
        for (int i = 0; i < _data[2]; i++)
        {
            int x = (i * _operation.StrideWidth) - _operation.PaddingLeft + kernelX;
            if (x >= 0 && x < _result[2])
            {
                Span<float> to = line.Slice(x * outputs, outputs);
                TensorPrimitives.Add(to, products.Slice(i * outputs, outputs), to);
            }
        }
    }
}
