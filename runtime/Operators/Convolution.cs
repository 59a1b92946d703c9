using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D convolution, grouped where the filter has fewer channels than the input.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [output channels, height, width, channels of a group] (int8, or
/// packed int4 for int8 data), bias, multipliers, shifts. Output: [batch, height, width, output channels], type of the data. Scratch: one
/// window of one group, in the type of the data; absent where a window is a single pixel and there is one group. Attributes: those of
/// <see cref="Window"/>, then of <see cref="RowParameters"/>.
/// </remarks>
internal sealed class Convolution : Operator
{
    private readonly KernelSet _kernels;
    private readonly Window _window;
    private readonly RowParameters _parameters;
    private readonly TensorData _input;
    private readonly TensorData _filter;
    private readonly TensorData _output;
    private readonly TensorData _patch;
    private readonly bool _packed;
    private readonly bool _wide;
    private readonly int _groups;
    private readonly int _groupChannels;
    private readonly int _groupOutputs;

    internal Convolution(OperatorReader reader)
    {
        reader.RequireOperands(5, 1, reader.ScratchCount == 0 ? 0 : 1);
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.Require(filter.Type == ElementType.Int8, "the filter must have 8-bit or packed 4-bit elements.");
        _packed = filter.Encoding == TensorEncoding.PackedInt4;
        reader.Require(!_packed || !_wide, "packed 4-bit filters need 8-bit data.");
        reader.RequireRank(filter, 4);
        reader.Require(filter.Storage == TensorStorage.Constant, "the filter is not a constant.");
        _window = new Window(reader, input, output, filter.Dimension(1), filter.Dimension(2));
        _groupChannels = filter.Dimension(3);
        reader.Require(filter.Dimension(0) == _window.OutputChannels, "the filter's outputs and the output's channels differ.");
        reader.Require(_window.InputChannels % _groupChannels == 0, "the input's channels are not a multiple of the filter's.");
        _groups = _window.InputChannels / _groupChannels;
        reader.Require(_window.OutputChannels % _groups == 0, "the output's channels are not a multiple of the groups.");
        _groupOutputs = _window.OutputChannels / _groups;
        _parameters = new RowParameters(reader, 2, _window.OutputChannels, output.Type);
        _input = reader.Data(input);
        _filter = reader.Data(filter);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        if (reader.ScratchCount == 1)
        {
            TensorInfo patch = reader.Scratch(0);
            reader.RequireType(patch, input.Type);
            reader.RequireElements(patch, filter.ElementCount / _window.OutputChannels);
            _patch = reader.Data(patch);
        }
        else
        {
            reader.Require(
                filter.Dimension(1) == 1 && filter.Dimension(2) == 1 && _groups == 1 && _window.PaddingTop == 0 && _window.PaddingLeft == 0,
                "it has no scratch tensor for its windows.");
        }
    }

    internal override void Run()
    {
        Window window = _window;
        int pixel = 0;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                for (int x = 0; x < window.OutputWidth; x++, pixel++)
                {
                    int top = (y * window.StrideHeight) - window.PaddingTop;
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    for (int group = 0; group < _groups; group++)
                    {
                        RunGroup(batch, top, left, group, (pixel * window.OutputChannels) + (group * _groupOutputs));
                    }
                }
            }
        }
    }

    private void RunGroup(int batch, int top, int left, int group, int output)
    {
        int firstRow = group * _groupOutputs;
        if (_wide)
        {
            ReadOnlyInt16Vector window = _patch.IsEmpty ? Pixel16(batch, top, left) : Patch16(batch, top, left, group);
            _kernels.MultiplyRowsInt16(window, _filter.Int8(), firstRow, _output.Int16().Slice(output, _groupOutputs), _parameters);
            return;
        }

        ReadOnlyInt8Vector values = _patch.IsEmpty ? Pixel8(batch, top, left) : Patch8(batch, top, left, group);
        Int8Vector target = _output.Int8().Slice(output, _groupOutputs);
        if (_packed)
        {
            _kernels.MultiplyRowsInt4(values, _filter.Int8(), firstRow, target, _parameters);
        }
        else
        {
            _kernels.MultiplyRows(values, _filter.Int8(), firstRow, target, _parameters);
        }
    }

    private int Position(int batch, int y, int x)
    {
        return ((((batch * _window.InputHeight) + y) * _window.InputWidth) + x) * _window.InputChannels;
    }

    private ReadOnlyInt8Vector Pixel8(int batch, int y, int x)
    {
        return _input.Int8().Slice(Position(batch, y, x), _groupChannels);
    }

    private ReadOnlyInt16Vector Pixel16(int batch, int y, int x)
    {
        return _input.Int16().Slice(Position(batch, y, x), _groupChannels);
    }

    private ReadOnlyInt8Vector Patch8(int batch, int top, int left, int group)
    {
        Window window = _window;
        Int8Vector patch = _patch.Int8();
        ReadOnlyInt8Vector input = _input.Int8();
        sbyte zero = (sbyte)-_parameters.InputOffset;
        int at = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, at += _groupChannels)
            {
                int x = left + (kx * window.DilationWidth);
                Int8Vector target = patch.Slice(at, _groupChannels);
                if (y < 0 || y >= window.InputHeight || x < 0 || x >= window.InputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x) + (group * _groupChannels), _groupChannels).CopyTo(target);
                }
            }
        }

        return patch;
    }

    private ReadOnlyInt16Vector Patch16(int batch, int top, int left, int group)
    {
        Window window = _window;
        Int16Vector patch = _patch.Int16();
        ReadOnlyInt16Vector input = _input.Int16();
        short zero = (short)-_parameters.InputOffset;
        int at = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, at += _groupChannels)
            {
                int x = left + (kx * window.DilationWidth);
                Int16Vector target = patch.Slice(at, _groupChannels);
                if (y < 0 || y >= window.InputHeight || x < 0 || x >= window.InputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x) + (group * _groupChannels), _groupChannels).CopyTo(target);
                }
            }
        }

        return patch;
    }
}
