using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Depthwise convolution, one output channel for each input channel, for machines that multiply four bytes with four bytes and add the products at
/// once: four rows of the kernel make a group. For each row of outputs the rows of the image that a group sees are interleaved, so that a pixel's
/// bytes of four rows lie together, once for all windows that see the pixel. A kernel of two or three rows leaves room in the group for the window of
/// the next row of outputs, which is then computed from the same bytes. Of a kernel that has one row only, four columns make a group.
/// </summary>
internal abstract class QuadDepthwiseConvolution : PackedConvolution
{
    /// <summary>Channels that are computed at once.</summary>
    protected const int Block = 8;

    /// <summary>Rows, or columns, of the kernel in a group.</summary>
    protected const int Quad = 4;

    /// <summary>The most pixels that a kernel computes at once. It may compute so many, less one, behind the last of a row.</summary>
    protected const int LargestTile = 4;

    private readonly sbyte _zeroPoint;
    private readonly byte _flip;
    private readonly int[] _bias;

    /// <summary>[row of outputs, block of channels, tap, channel of the block, row or column of the group], 0 for those that the kernel has not.</summary>
    private readonly AlignedArray<sbyte> _weights;

    /// <summary>The rows of outputs that are computed from the same groups.</summary>
    private readonly int _rowsTogether;

    private Window _window;
    private Requantizer _requantizer;

    /// <summary>[group, column, channel, row of the group]; padding is there from the start. Groups of columns lie in one another.</summary>
    private AlignedArray<byte> _quads;

    /// <summary>Where the taps of a window, a column of a group of rows or a group of columns each, lie, counted from the start of the window.</summary>
    private int[] _taps;

    /// <summary>A row of padding.</summary>
    private sbyte[] _padding;

    /// <summary>Where columns make groups: a row of the image with its padding.</summary>
    private sbyte[] _paddedRow;
    private ConvolutionWorkspace _workspace;
    private int _groups;
    private int _groupBytes;

    /// <param name="window">Its sizes.</param>
    /// <param name="filter">The weights [height, width, channels].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="requantizer">What finishes the accumulators.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    /// <param name="flip">The bits of every input byte that <see cref="Interleave"/> turns over.</param>
    protected QuadDepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace, byte flip)
    {
        _zeroPoint = (sbyte)-parameters.InputOffset;
        _flip = flip;
        window = WindowReach.AsRow(window);
        Arrange(window, requantizer, workspace);
        bool byColumns = window.KernelHeight == 1;
        int channels = window.InputChannels;
        int blocks = (channels + Block - 1) / Block;
        _rowsTogether = !byColumns && window.KernelHeight < Quad && window.StrideHeight == 1 && window.DilationHeight == 1 ? 2 : 1;
        int rowWeights = blocks * _taps.Length * Block * Quad;
        _weights = new AlignedArray<sbyte>(_rowsTogether * rowWeights);
        for (int together = 0; together < _rowsTogether; together++)
        {
            Pack(window, filter, _taps.Length, together, _weights.Span.Slice(together * rowWeights, rowWeights));
        }

        _bias = new int[blocks * Block];
        for (int channel = 0; channel < channels; channel++)
        {
            _bias[channel] = QuadBias.Of(filter[channel..], channels, channel, parameters, flip);
        }

        requantizer.Start(_bias);
    }

    internal sealed override Window Window => _window;

    internal sealed override long WeightBytes => _weights.HeldBytes + (sizeof(int) * (long)_bias.Length);

    internal sealed override long ScratchBytes =>
        _quads.HeldBytes + _padding.Length + _paddedRow.Length + (sizeof(int) * (long)_taps.Length);

    /// <summary>The bytes from the window of one output to that of the next, if there is one.</summary>
    private int Step => _window.OutputWidth == 1 ? 0 : _window.StrideWidth * _window.InputChannels * Quad;

    /// <summary>From what one column of the kernel sees to what the next does.</summary>
    private int ColumnStep => _window.KernelWidth == 1 ? 0 : _window.DilationWidth * _window.InputChannels;

    internal sealed override PackedConvolution Part(Window window, ConvolutionWorkspace workspace)
    {
        QuadDepthwiseConvolution part = (QuadDepthwiseConvolution)MemberwiseClone();
        part.Arrange(window, _requantizer.Copy(), workspace);
        return part;
    }

    internal sealed override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int image = _window.InputHeight * _window.InputWidth * _window.InputChannels;
        int outputs = _window.OutputWidth * _window.OutputChannels;
        for (int batch = 0; batch < _window.Batches; batch++)
        {
            for (int y = 0; y < _window.OutputHeight; y++)
            {
                int together = y % _rowsTogether;
                if (together == 0)
                {
                    Load(input.Slice(batch * image, image), y);
                }

                Accumulate(
                    ref _quads.First,
                    Step,
                    _window.OutputWidth,
                    _bias.Length / Block,
                    _taps,
                    ref _weights[_weights.Length / _rowsTogether * together],
                    ref MemoryMarshal.GetArrayDataReference(_bias),
                    ref _workspace.Sums.First,
                    _requantizer.PixelStride);
                _requantizer.Run(_workspace.Sums.Span, output[..outputs]);
                output = output[outputs..];
            }
        }
    }

    /// <summary>Interleaves four rows: target[4 x i + n] = row n [i], with the bits turned that the kernel wants turned.</summary>
    /// <param name="row0">The first row.</param>
    /// <param name="row1">The second row.</param>
    /// <param name="row2">The third row.</param>
    /// <param name="row3">The fourth row.</param>
    /// <param name="target">Four times as many bytes as a row.</param>
    /// <param name="count">The bytes of a row, 1 or more.</param>
    protected abstract void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count);

    /// <summary>Computes the accumulators of a row of outputs.</summary>
    /// <param name="quads">The quads of the first pixel.</param>
    /// <param name="step">The bytes from the window of one output to that of the next.</param>
    /// <param name="pixels">The outputs. Behind them <see cref="LargestTile"/> - 1 more may be computed.</param>
    /// <param name="blocks">The blocks of channels.</param>
    /// <param name="taps">Where the taps of a window lie, counted from its start.</param>
    /// <param name="weights">[block, tap, channel of the block, row of the group].</param>
    /// <param name="bias">What the accumulators start with.</param>
    /// <param name="sums">The accumulators.</param>
    /// <param name="stride">From the accumulators of one pixel to those of the next.</param>
    protected abstract void Accumulate(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride);

    /// <summary>Orders the weights as kernels read them.</summary>
    /// <param name="window">The sizes.</param>
    /// <param name="filter">The weights [height, width, channels].</param>
    /// <param name="taps">The taps of a window.</param>
    /// <param name="shift">The rows of a group above the first of the kernel.</param>
    /// <param name="packed">[block of channels, tap, channel of the block, row or column of the group], all 0.</param>
    private static void Pack(Window window, ReadOnlySpan<sbyte> filter, int taps, int shift, Span<sbyte> packed)
    {
        bool byColumns = window.KernelHeight == 1;
        for (int row = 0; row < window.KernelHeight; row++)
        {
            for (int column = 0; column < window.KernelWidth; column++)
            {
                int tap = byColumns ? column / Quad : (row / Quad * window.KernelWidth) + column;
                int element = byColumns ? column % Quad : (row % Quad) + shift;
                for (int block = 0; block < window.InputChannels; block += Block)
                {
                    ReadOnlySpan<sbyte> weights = filter[..Math.Min(Block, window.InputChannels - block)];
                    Span<sbyte> target = packed[(((block * taps) + (tap * Block)) * Quad)..];
                    for (int channel = 0; channel < weights.Length; channel++)
                    {
                        target[(channel * Quad) + element] = weights[channel];
                    }

                    filter = filter[weights.Length..];
                }
            }
        }
    }

    /// <summary>Makes the scratch for a window.</summary>
    [MemberNotNull(nameof(_window), nameof(_requantizer), nameof(_taps), nameof(_padding), nameof(_paddedRow), nameof(_workspace))]
    private void Arrange(Window window, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        _workspace = workspace;
        _window = window;
        _requantizer = requantizer;
        bool byColumns = window.KernelHeight == 1;
        int channels = window.InputChannels;
        int columns = (int)WindowReach.Columns(window);
        _groups = byColumns ? 1 : (window.KernelHeight + Quad - 1) / Quad;
        _groupBytes = columns * channels * Quad;
        _quads = new AlignedArray<byte>((_groups * _groupBytes) + (LargestTile * Step) + (Block * Quad));
        _quads.Span.Fill((byte)((byte)_zeroPoint ^ _flip));
        _padding = new sbyte[window.InputWidth * channels];
        _padding.AsSpan().Fill(_zeroPoint);
        _paddedRow = byColumns ? new sbyte[(columns * channels) + ((Quad - 1) * ColumnStep)] : [];
        _paddedRow.AsSpan().Fill(_zeroPoint);
        int tapsInGroup = byColumns ? (window.KernelWidth + Quad - 1) / Quad : window.KernelWidth;
        int tapStep = byColumns ? Quad * ColumnStep : ColumnStep;
        _taps = new int[_groups * tapsInGroup];
        for (int i = 0; i < _taps.Length; i++)
        {
            _taps[i] = (i / tapsInGroup * _groupBytes) + (i % tapsInGroup * tapStep * Quad);
        }

        workspace.RequireSums(((window.OutputWidth + LargestTile) * requantizer.PixelStride) + Requantizer.Lanes);
    }

    private void Load(ReadOnlySpan<sbyte> image, int y)
    {
        int before = _window.PaddingLeft * _window.InputChannels;
        int row = _groupBytes / Quad;
        int inside = Math.Min(_padding.Length, row - before);
        if (_paddedRow.Length == 0)
        {
            for (int group = 0; group < _groups; group++)
            {
                LoadRows(image, y, group * Quad, ref _quads[(group * _groupBytes) + (before * Quad)], inside);
            }

            return;
        }

        MemoryMarshal.CreateReadOnlySpan(ref Row(image, y, 0), inside).CopyTo(_paddedRow.AsSpan(before));
        ref sbyte first = ref MemoryMarshal.GetArrayDataReference(_paddedRow);
        Interleave(
            ref first,
            ref Unsafe.Add(ref first, ColumnStep),
            ref Unsafe.Add(ref first, 2 * ColumnStep),
            ref Unsafe.Add(ref first, 3 * ColumnStep),
            ref _quads.First,
            row);
    }

    private void LoadRows(ReadOnlySpan<sbyte> image, int y, int first, ref byte target, int count)
    {
        Interleave(
            ref Row(image, y, first), ref Row(image, y, first + 1), ref Row(image, y, first + 2), ref Row(image, y, first + 3), ref target, count);
    }

    /// <summary>What a row of the kernel sees. Behind the last any row will do.</summary>
    private ref sbyte Row(ReadOnlySpan<sbyte> image, int outputRow, int kernelRow)
    {
        int last = Math.Min(kernelRow, _window.KernelHeight + _rowsTogether - 2);
        int y = (outputRow * _window.StrideHeight) - _window.PaddingTop + (last * _window.DilationHeight);
        return ref y < 0 || y >= _window.InputHeight
            ? ref MemoryMarshal.GetArrayDataReference(_padding)
            : ref MemoryMarshal.GetReference(image.Slice(y * _padding.Length, _padding.Length));
    }
}
