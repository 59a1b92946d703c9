using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;
using EdgeQuant.Runtime.Threads;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A convolution with a single pixel of outputs, such as the product of one vector with a matrix, in pieces that several threads compute at once: each
/// reads all data and some of the weights, and gives the outputs of these.
/// </summary>
internal sealed class SplitProduct : ConvolutionKernel, IPieces
{
    /// <summary>What a weight costs, in multiplications of other convolutions: it comes from memory to be used once.</summary>
    private const int WeightCost = 2;

    /// <summary>Pieces start where kernels start blocks of weights and vectors of outputs.</summary>
    private const int Unit = Requantizer.Lanes;

    private readonly ConvolutionKernel[] _pieces;

    /// <summary>The bytes at which the outputs of the pieces start, and at the end all bytes.</summary>
    private readonly int[] _starts;
    private readonly WorkerPool _workers;
    private TensorData _input;
    private TensorData _output;

    /// <param name="pieces">The pieces, 2 or more.</param>
    /// <param name="starts">Their first outputs, and the number of all: <see cref="Starts"/>.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="outputBytes">The bytes of an output.</param>
    internal SplitProduct(ConvolutionKernel[] pieces, int[] starts, WorkerPool workers, int outputBytes)
    {
        _pieces = pieces;
        _starts = Array.ConvertAll(starts, start => start * outputBytes);
        _workers = workers;
    }

    internal override long HeldBytes => _pieces.Sum(piece => piece.HeldBytes);

    /// <summary>The pieces that a convolution is worth: as many as there are threads, or fewer where pieces would be too small; 1 where it has several pixels of outputs.</summary>
    /// <param name="window">The convolution.</param>
    /// <param name="weights">The number of its weights.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="smallestPiece">What a piece must cost at least, in multiplications of other convolutions, 1 or more.</param>
    internal static int Pieces(Window window, int weights, int threads, long smallestPiece)
    {
        if (window.Batches > 1 || window.OutputHeight > 1 || window.OutputWidth > 1)
        {
            return 1;
        }

        long pieces = Math.Min(Math.Min(threads, window.OutputChannels / Unit), WeightCost * (long)weights / smallestPiece);
        return (int)Math.Max(pieces, 1);
    }

    /// <summary>The first outputs of pieces that are as equal as they can be, and at the end the number of all.</summary>
    /// <param name="outputs">The outputs, <see cref="Unit"/> for each piece or more.</param>
    /// <param name="pieces">The number of pieces.</param>
    internal static int[] Starts(int outputs, int pieces)
    {
        int[] starts = new int[pieces + 1];
        for (int i = 0; i < pieces; i++)
        {
            starts[i] = (int)((long)(outputs / Unit) * i / pieces) * Unit;
        }

        starts[pieces] = outputs;
        return starts;
    }

    internal override void Run(TensorData input, TensorData output)
    {
        _input = input;
        _output = output;
        _workers.Run(this, _pieces.Length);
    }

    void IPieces.Run(int piece)
    {
        int start = _starts[piece];
        _pieces[piece].Run(_input, _output.Slice(start, _starts[piece + 1] - start));
    }
}
