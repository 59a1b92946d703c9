using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Convolution without groups for machines that multiply four bytes with four bytes and add the products at once. The padded image is copied band by
/// band (<see cref="PaddedRows"/>); for each strip of output pixels the accumulators are computed a block of output channels after the other, and
/// then all finished (<see cref="Requantizer"/>).
/// </summary>
internal abstract class QuadConvolution : PackedConvolution
{
    /// <summary>Output channels of a block, and of the last block where no more than half of them are left.</summary>
    protected const int Block = 16;

    /// <inheritdoc cref="Block"/>
    protected const int HalfBlock = 8;

    /// <summary>Elements that are multiplied at once.</summary>
    protected const int Quad = 4;

    /// <summary>The most pixels that a kernel computes at once. It may compute so many, less one, behind the last of a strip.</summary>
    protected const int LargestTile = 8;

    /// <summary>The accumulators of a strip: part of the first cache.</summary>
    private const int PreferredSums = 3072;

    /// <summary>Strips are multiples of this, so that tiles of 4, 6 or 8 pixels fill them.</summary>
    private const int StripUnit = 24;

    private readonly int[] _bias;

    /// <summary>[block of channels, quad of a window, channel of the block, element of the quad], 0 where a quad reaches beyond its elements.</summary>
    private readonly AlignedArray<sbyte> _weights;

    private Window _window;
    private PaddedRows _rows;
    private Requantizer _requantizer;

    /// <summary>Where the quads of a window lie, counted from its start.</summary>
    private int[] _quads;

    /// <summary>Where the windows of a band start, and at the end once more that of the last.</summary>
    private int[] _pixels;
    private int _stripPixels;
    private ConvolutionWorkspace _workspace;

    /// <param name="window">Its sizes.</param>
    /// <param name="filter">The weights [output channels, height, width, input channels].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="requantizer">What finishes the accumulators.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    /// <param name="flip">The bits of every input byte that are turned over; see <see cref="PaddedRows"/>.</param>
    /// <param name="shortRow">Windows whose rows are shorter than this are copied to lie in one piece; see <see cref="GatheredWindows"/>.</param>
    protected QuadConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace, byte flip, int shortRow)
    {
        sbyte zeroPoint = (sbyte)-parameters.InputOffset;
        bool gather = GatheredWindows.AreShorter(window, shortRow);
        PaddedRows rows = gather ? new GatheredWindows(window, zeroPoint, flip, workspace) : new PaddedRows(window, zeroPoint, flip, workspace);
        Arrange(window, rows, requantizer, workspace);
        PieceQuads = (_rows.PieceLength + Quad - 1) / Quad;
        _weights = Pack(window, filter, _quads.Length, _rows.PieceLength);
        _bias = new int[Blocks(window.OutputChannels) * Block];
        int elements = filter.Length / window.OutputChannels;
        for (int channel = 0; channel < window.OutputChannels; channel++)
        {
            _bias[channel] = QuadBias.Of(filter.Slice(channel * elements, elements), 1, channel, parameters, flip);
        }

        requantizer.Start(_bias);
    }

    internal sealed override Window Window => _window;

    internal sealed override long WeightBytes => _weights.HeldBytes + (sizeof(int) * (long)_bias.Length);

    internal sealed override long ScratchBytes => _rows.HeldBytes + (sizeof(int) * ((long)_quads.Length + _pixels.Length));

    /// <summary>The quads of a piece: of what lies together in the band.</summary>
    protected int PieceQuads { get; }

    /// <summary>From the accumulators of one pixel to those of the next.</summary>
    protected int PixelStride => _requantizer.PixelStride;

    internal sealed override PackedConvolution Part(Window window, ConvolutionWorkspace workspace)
    {
        QuadConvolution part = (QuadConvolution)MemberwiseClone();
        part.Arrange(window, _rows.Of(window, workspace), _requantizer.Copy(), workspace);
        return part;
    }

    internal sealed override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int image = _window.InputHeight * _window.InputWidth * _window.InputChannels;
        for (int batch = 0; batch < _window.Batches; batch++)
        {
            for (int y = 0; y < _window.OutputHeight; y += _rows.OutputRows)
            {
                _rows.Load(input.Slice(batch * image, image), y);
                int pixels = Math.Min(_rows.OutputRows, _window.OutputHeight - y) * _window.OutputWidth;
                for (int pixel = 0; pixel < pixels; pixel += _stripPixels)
                {
                    int count = Math.Min(_stripPixels, pixels - pixel);
                    Accumulate(pixel, count);
                    int outputs = count * _window.OutputChannels;
                    _requantizer.Run(_workspace.Sums.Span, output[..outputs]);
                    output = output[outputs..];
                }
            }
        }
    }

    /// <summary>Computes the accumulators of some pixels for a block of channels.</summary>
    /// <param name="data">The band of the image.</param>
    /// <param name="pixels">Where the windows start in it.</param>
    /// <param name="count">Their number. Behind them <see cref="LargestTile"/> - 1 more may be computed.</param>
    /// <param name="quads">Where the quads of a window lie, counted from its start.</param>
    /// <param name="weights">[quad, channel of the block, element of the quad].</param>
    /// <param name="bias">What the accumulators start with, a block.</param>
    /// <param name="sums">The accumulators, one pixel <see cref="PixelStride"/> after the other.</param>
    protected abstract void AccumulateBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums);

    /// <summary>As <see cref="AccumulateBlock"/>, for the half of a block.</summary>
    protected abstract void AccumulateHalfBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums);

    /// <summary>Computes the accumulators of a single pixel for some whole blocks of channels.</summary>
    /// <param name="pixel">Where its window starts.</param>
    /// <param name="blocks">The number of blocks, 1 or more.</param>
    /// <param name="quads">Where the quads of the window lie, counted from its start.</param>
    /// <param name="weights">[block, quad, channel of the block, element of the quad].</param>
    /// <param name="bias">What the accumulators start with.</param>
    /// <param name="sums">The accumulators.</param>
    protected abstract void AccumulatePixel(ref byte pixel, int blocks, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums);

    private static int Blocks(int channels)
    {
        return (channels + Block - 1) / Block;
    }

    private static int[] Quads(Window window, PaddedRows rows)
    {
        int piece = rows.PieceLength;
        int inPiece = (piece + Quad - 1) / Quad;
        int[] quads = new int[window.KernelHeight * window.KernelWidth * window.InputChannels / piece * inPiece];
        for (int i = 0; i < quads.Length; i++)
        {
            quads[i] = rows.Offset((i / inPiece * piece) + (i % inPiece * Quad));
        }

        return quads;
    }

    private static AlignedArray<sbyte> Pack(Window window, ReadOnlySpan<sbyte> filter, int quads, int piece)
    {
        int elements = filter.Length / window.OutputChannels;
        int last = window.OutputChannels % Block;
        int width = (window.OutputChannels - last) + (last == 0 ? 0 : last <= HalfBlock ? HalfBlock : Block);
        AlignedArray<sbyte> packed = new(width * quads * Quad);
        Span<sbyte> target = packed.Span;
        for (int channel = 0; channel < window.OutputChannels; channel++)
        {
            int first = channel / Block * Block;
            int block = Math.Min(Block, width - first);
            int at = ((first * quads) + channel - first) * Quad;
            ReadOnlySpan<sbyte> row = filter.Slice(channel * elements, elements);
            while (!row.IsEmpty)
            {
                ReadOnlySpan<int> whole = MemoryMarshal.Cast<sbyte, int>(row[..piece]);
                foreach (int quad in whole)
                {
                    MemoryMarshal.Write(MemoryMarshal.AsBytes(target[at..]), quad);
                    at += block * Quad;
                }

                ReadOnlySpan<sbyte> rest = row[(whole.Length * Quad)..piece];
                if (!rest.IsEmpty)
                {
                    rest.CopyTo(target[at..]);
                    at += block * Quad;
                }

                row = row[piece..];
            }
        }

        return packed;
    }

    /// <summary>Makes the scratch for a window.</summary>
    [MemberNotNull(nameof(_window), nameof(_rows), nameof(_requantizer), nameof(_quads), nameof(_pixels), nameof(_workspace))]
    private void Arrange(Window window, PaddedRows rows, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        _workspace = workspace;
        _window = window;
        _rows = rows;
        _requantizer = requantizer;
        _quads = Quads(window, rows);
        int pixels = rows.OutputRows * window.OutputWidth;
        _pixels = new int[pixels + LargestTile];
        for (int i = 0; i < _pixels.Length; i++)
        {
            int pixel = Math.Min(i, pixels - 1);
            _pixels[i] = rows.Start(pixel / window.OutputWidth, pixel % window.OutputWidth);
        }

        int preferred = Math.Max(PreferredSums / requantizer.PixelStride / StripUnit, 1) * StripUnit;
        _stripPixels = Math.Min(preferred, pixels);
        workspace.RequireSums(((_stripPixels + LargestTile) * requantizer.PixelStride) + Block);
    }

    private void Accumulate(int pixel, int count)
    {
        ref byte data = ref _rows.First;
        ref int pixels = ref _pixels[pixel];
        Span<int> sums = _workspace.Sums.Span;
        int channel = 0;
        if (count == 1)
        {
            int blocks = (_window.OutputChannels + HalfBlock - 1) / Block;
            AccumulatePixel(ref Unsafe.Add(ref data, pixels), blocks, _quads, ref _weights[0], ref _bias[0], ref sums[0]);
            channel = blocks * Block;
        }

        for (; channel < _window.OutputChannels; channel += Block)
        {
            ref sbyte weights = ref _weights[channel * _quads.Length * Quad];
            if (_window.OutputChannels - channel > HalfBlock)
            {
                AccumulateBlock(ref data, ref pixels, count, _quads, ref weights, ref _bias[channel], ref sums[channel]);
            }
            else
            {
                AccumulateHalfBlock(ref data, ref pixels, count, _quads, ref weights, ref _bias[channel], ref sums[channel]);
            }
        }
    }
}
