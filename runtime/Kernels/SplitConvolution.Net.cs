using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;
using EdgeQuant.Runtime.Threads;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>A convolution in pieces that several threads compute at once. Pieces share the weights; no output depends on how many there are.</summary>
internal sealed class SplitConvolution : ConvolutionKernel, IPieces
{
    /// <summary>
    /// What a piece must cost at least, in multiplications of a convolution: a thread that waits for work takes about a microsecond to see it, and so
    /// does the caller to see that all is done, and longer where other programs take the cores.
    /// </summary>
    internal const long SmallestPiece = 400_000;

    private readonly WorkerPool _workers;
    private readonly WindowPart[] _parts;
    private readonly PackedConvolution[] _pieces;
    private TensorData _input;
    private TensorData _output;

    private SplitConvolution(PackedConvolution whole, int pieces, ConvolutionWorkspace workspace, WorkerPool workers)
    {
        _workers = workers;
        _parts = new WindowPart[pieces];
        _pieces = new PackedConvolution[pieces];
        for (int i = 0; i < pieces; i++)
        {
            _parts[i] = WindowPart.Of(whole.Window, i, pieces);
            _pieces[i] = whole.Part(_parts[i].Window, workspace.OfPiece(i));
        }
    }

    internal override long HeldBytes => _pieces[0].WeightBytes + _pieces.Sum(piece => piece.ScratchBytes);

    /// <summary>Cuts a convolution into as many pieces as there are threads, or fewer where pieces would be too small.</summary>
    /// <param name="whole">The convolution.</param>
    /// <param name="pixelCost">What one pixel of outputs costs, in multiplications of a convolution.</param>
    /// <param name="workspace">That of the convolution.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="smallestPiece">What a piece must cost at least, 1 or more.</param>
    /// <returns>The pieces; the convolution itself where there is only one.</returns>
    internal static ConvolutionKernel Of(PackedConvolution whole, long pixelCost, ConvolutionWorkspace workspace, WorkerPool workers, long smallestPiece)
    {
        Window window = whole.Window;
        long cost = pixelCost * window.Batches * window.OutputHeight * window.OutputWidth;
        long pieces = Math.Min(Math.Min(workers.Threads, WindowPart.Most(window)), cost / smallestPiece);
        return pieces < 2 ? whole : new SplitConvolution(whole, (int)pieces, workspace, workers);
    }

    internal override void Run(TensorData input, TensorData output)
    {
        _input = input;
        _output = output;
        _workers.Run(this, _pieces.Length);
    }

    void IPieces.Run(int piece)
    {
        ref readonly WindowPart part = ref _parts[piece];
        int bytes = _pieces[piece].DataBytes;
        _pieces[piece].Run(
            _input.Slice(part.InputStart * bytes, part.InputLength * bytes), _output.Slice(part.OutputStart * bytes, part.OutputLength * bytes));
    }
}
