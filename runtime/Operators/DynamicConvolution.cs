using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D convolution, grouped where the filter has fewer channels than the input, whose results' scale is found at run time.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8), filter [output channels, height, width, channels of a group] (int8 in any encoding),
/// bias, multipliers, shifts, scale of the data (int32 [3], may be absent). Outputs: data [batch, height, width, output channels] (int8),
/// scale (int32 [3]). Scratch: that of <see cref="DynamicResults"/>; a block of rows of the filter (int8), only where it is not dense; one
/// window of one group (int8), absent where a window is a single pixel and there is one group. Attributes: those of <see cref="Window"/>, of
/// <see cref="DynamicOperand"/>, of <see cref="DynamicRows"/>, of <see cref="DynamicResults"/>.
/// </remarks>
internal sealed class DynamicConvolution : Operator
{
    private readonly Window _window;
    private readonly DynamicOperand _input;
    private readonly DynamicRows _parameters;
    private readonly DynamicResults _results;
    private readonly WeightBlocks _filter;
    private readonly TensorData _patch;
    private readonly int _groupChannels;
    private readonly int _groupOutputs;

    internal DynamicConvolution(OperatorReader reader)
    {
        TensorInfo filter = reader.Input(1);
        int results = DynamicResults.ScratchOf(reader);
        int otherScratch = results + WeightBlocks.ScratchOf(filter);
        bool single = reader.ScratchCount == otherScratch;
        reader.RequireOperands(6, 2, single ? otherScratch : otherScratch + 1);
        reader.RequireRank(filter, 4);
        _window = new Window(reader, reader.Input(0), reader.Output(0), filter.Dimension(1), filter.Dimension(2));
        _groupChannels = filter.Dimension(3);
        reader.Require(filter.Dimension(0) == _window.OutputChannels, "the filter's outputs and the output's channels differ.");
        reader.Require(_window.InputChannels % _groupChannels == 0, "the input's channels are not a multiple of the filter's.");
        int groups = _window.InputChannels / _groupChannels;
        reader.Require(_window.OutputChannels % groups == 0, "the output's channels are not a multiple of the groups.");
        _groupOutputs = _window.OutputChannels / groups;
        int depth = filter.ElementCount / _window.OutputChannels;
        _input = new DynamicOperand(reader, "data", 0, 5);
        _parameters = new DynamicRows(reader, 2, _window.OutputChannels, depth, filter);
        _results = new DynamicResults(reader);
        _filter = new WeightBlocks(reader, filter, _parameters.WeightOffset, results);
        if (single)
        {
            reader.Require(
                filter.Dimension(1) == 1 && filter.Dimension(2) == 1 && groups == 1 && _window.PaddingTop == 0 && _window.PaddingLeft == 0,
                "it has no scratch tensor for its windows.");
        }
        else
        {
            TensorInfo patch = reader.Scratch(otherScratch);
            reader.RequireType(patch, ElementType.Int8);
            reader.RequireElements(patch, depth);
            _patch = reader.Data(patch);
        }
    }

    internal override void Run()
    {
        _input.ReadScale();
        RealScale unit = _parameters.Begin(_input.Scale);
        _results.Begin();
        RunBlocks();
        if (_results.Finish(unit))
        {
            RunBlocks();
        }
    }

    private void RunBlocks()
    {
        int first = 0;
        while (first < _window.OutputChannels)
        {
            int group = first / _groupOutputs;
            int left = ((group + 1) * _groupOutputs) - first;
            int rows = left < _filter.BlockRows ? left : _filter.BlockRows;
            _filter.Load(first, rows);
            RunBlock(group, first, rows);
            first += rows;
        }
    }

    /// <summary>Computes some output channels of a group, whose weights are loaded, for all pixels.</summary>
    private void RunBlock(int group, int firstRow, int rows)
    {
        Window window = _window;
        int output = firstRow;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                int top = (y * window.StrideHeight) - window.PaddingTop;
                for (int x = 0; x < window.OutputWidth; x++, output += window.OutputChannels)
                {
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    ReadOnlyInt8Vector values = _patch.IsEmpty ? _input.Elements.Slice(window.Position(batch, top, left), _groupChannels) : Patch(batch, top, left, group);
                    _filter.Multiply(values, -_input.ZeroPoint);
                    _parameters.Finish(firstRow, rows);
                    _results.Add(output, rows);
                }
            }
        }
    }

    private ReadOnlyInt8Vector Patch(int batch, int top, int left, int group)
    {
        Window window = _window;
        Int8Vector patch = _patch.Int8();
        ReadOnlyInt8Vector input = _input.Elements;
        sbyte zero = (sbyte)_input.ZeroPoint;
        int at = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, at += _groupChannels)
            {
                int x = left + (kx * window.DilationWidth);
                Int8Vector target = patch.Slice(at, _groupChannels);
                if (window.IsInside(y, x))
                {
                    input.Slice(window.Position(batch, y, x) + (group * _groupChannels), _groupChannels).CopyTo(target);
                }
                else
                {
                    target.Fill(zero);
                }
            }
        }

        return patch;
    }
}
