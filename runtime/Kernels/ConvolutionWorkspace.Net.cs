namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Memory that all convolutions of a network share, one after the other: what one leaves in the first cache, the next finds there. Pieces that are
/// computed at the same time have one each.
/// </summary>
internal sealed class ConvolutionWorkspace
{
    private readonly List<ConvolutionWorkspace> _otherPieces = [];
    private int _requiredSums;
    private int _requiredRows;

    /// <summary>The accumulators; allocated once, after every convolution has said what it needs.</summary>
    internal AlignedArray<int> Sums { get; private set; }

    /// <summary>The bytes of the rows of an image, allocated as <see cref="Sums"/>.</summary>
    internal AlignedArray<byte> Rows { get; private set; }

    /// <summary>The bytes of all, those of pieces included.</summary>
    internal long HeldBytes => Sums.HeldBytes + Rows.HeldBytes + _otherPieces.Sum(piece => piece.HeldBytes);

    /// <summary>Asks for at least this many accumulators.</summary>
    internal void RequireSums(int elements)
    {
        _requiredSums = Math.Max(_requiredSums, elements);
    }

    /// <summary>Asks for at least this many bytes of rows.</summary>
    internal void RequireRows(int bytes)
    {
        _requiredRows = Math.Max(_requiredRows, bytes);
    }

    /// <summary>What a piece has: the first this one, the others one of their own.</summary>
    /// <param name="piece">Which piece, 0 or more.</param>
    internal ConvolutionWorkspace OfPiece(int piece)
    {
        while (_otherPieces.Count < piece)
        {
            _otherPieces.Add(new ConvolutionWorkspace());
        }

        return piece == 0 ? this : _otherPieces[piece - 1];
    }

    internal void Allocate()
    {
        Sums = new AlignedArray<int>(_requiredSums);
        Rows = new AlignedArray<byte>(_requiredRows);
        foreach (ConvolutionWorkspace piece in _otherPieces)
        {
            piece.Allocate();
        }
    }
}
